/**
 * What a content security policy lets a page load, host by host.
 *
 * Source: W3C, Content Security Policy Level 3, sections 6.7 (matching) and 6.8 (fallback of
 * directives). Hashes are not worked out: a script from another host is let in by host or by nonce.
 */

const FALLBACKS = {
  'script-src-elem': ['script-src-elem', 'script-src', 'default-src'],
  'style-src-elem': ['style-src-elem', 'style-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'img-src': ['img-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
};

/** The policies of a header value, which may hold several. Each is a map of directive to sources. */
export function parsePolicies(header) {
  return header
    .split(',')
    .map((policy) => {
      const directives = new Map();
      for (const directive of policy.split(';')) {
        const [name, ...sources] = directive.trim().split(/[\t\n\f\r ]+/);
        if (name && !directives.has(name.toLowerCase()))
          directives.set(name.toLowerCase(), sources);
      }
      return directives;
    })
    .filter((directives) => directives.size > 0);
}

/**
 * The directive that keeps a page from an address, or undefined if none does.
 * @param {Map<string, string[]>} policy
 * @param {keyof FALLBACKS} use
 * @param {string} address
 * @param {{page: string, nonce?: string}} context The page's address, and the nonce of the element.
 */
export function blockedBy(policy, use, address, { page, nonce }) {
  const name = FALLBACKS[use].find((directive) => policy.has(directive));
  if (name === undefined) return undefined;
  const sources = policy.get(name);
  const isScript = use === 'script-src-elem';
  if (nonce && isScript && sources.includes(`'nonce-${nonce}'`)) return undefined;
  const isStrict = isScript && sources.some((source) => /^'strict-dynamic'$/i.test(source));
  const isOpen =
    !isStrict && sources.some((source) => matches(source, new URL(address), new URL(page)));
  return isOpen ? undefined : name;
}

/** Whether a host says nothing to this policy: only what a trusted script loads is let in. */
export function isStrict(policy) {
  const name = FALLBACKS['script-src-elem'].find((directive) => policy.has(directive));
  return (
    name !== undefined && policy.get(name).some((source) => /^'strict-dynamic'$/i.test(source))
  );
}

function matches(source, url, page) {
  if (source === '*')
    return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol;
  if (/^'self'$/i.test(source)) return isSelf(url, page);
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source))
    return schemeMatches(source.toLowerCase(), url.protocol);
  const parts =
    /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[^/:*]+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(source);
  if (!parts) return false;
  const [, scheme, host, port, path] = parts;
  return (
    schemeMatches(scheme ? scheme.toLowerCase() : page.protocol, url.protocol) &&
    hostMatches(host.toLowerCase(), url.hostname) &&
    portMatches(port, url) &&
    pathMatches(path, url.pathname)
  );
}

function isSelf(url, page) {
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const socket = page.protocol === 'http:' && url.protocol === 'ws:';
  if (url.origin === page.origin) return true;
  return url.hostname === page.hostname && portOf(url) === portOf(page)
    ? secure || socket
    : url.hostname === page.hostname && !url.port && !page.port && (secure || socket);
}

function schemeMatches(given, actual) {
  if (given === actual) return true;
  if (given === 'http:') return actual === 'https:';
  if (given === 'ws:') return /^(wss|https?):$/.test(actual);
  return given === 'wss:' && actual === 'https:';
}

function hostMatches(pattern, host) {
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function portMatches(pattern, url) {
  if (pattern === '*') return true;
  const port = portOf(url);
  if (pattern === undefined) return !url.port;
  return pattern === port || (pattern === '80' && port === '443');
}

function pathMatches(pattern, path) {
  if (!pattern || pattern === '/') return true;
  return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
}

function portOf(url) {
  return url.port || (/^(https|wss):$/.test(url.protocol) ? '443' : '80');
}
