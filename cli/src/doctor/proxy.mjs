// Which proxy the environment names for an address, by the rules that curl and Go share:
// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, of which the lower-case name counts first.

import { BlockList, isIP } from 'node:net';

import { isLoopback } from '../../../src/doctor/address.mjs';

/**
 * @typedef {object} Proxy
 * @property {string} variable The environment variable that names it.
 * @property {URL} [url] With user name and password: never printed. Absent if it cannot be read.
 * @property {string} [origin] Scheme, host and port: what is printed.
 * @property {boolean} [hasPassword]
 * @property {string} [bypassedBy] The variable by which this address is asked without the proxy.
 */

/**
 * @param {URL} url
 * @param {Record<string, string | undefined>} [environment]
 * @returns {Proxy | undefined} Undefined where none is set. This machine is asked without one.
 */
export function proxyOf(url, environment = process.env) {
  const names = [`${url.protocol.slice(0, -1)}_proxy`, 'all_proxy'];
  const [variable, value] = names.map((name) => read(environment, name)).find(Boolean) || [];
  if (variable === undefined || isLoopback(bare(url.hostname))) return undefined;
  const proxy = { variable, ...parse(value) };
  const [bypassedBy, list] = read(environment, 'no_proxy') || [];
  return bypassedBy && isListed(list, url) ? { ...proxy, bypassedBy } : proxy;
}

/** The host of an address, an IPv6 one without its brackets. */
export function bare(hostname) {
  return hostname.replace(/^\[|\]$/g, '');
}

/** A variable's name as it is set, and its value; an empty one is none. */
function read(environment, name) {
  const set = [name, name.toUpperCase()].find((one) => (environment[one] || '').trim() !== '');
  return set && [set, environment[set].trim()];
}

function parse(value) {
  try {
    // A percent sign or a backslash (`DOMAIN\user`) of a password that nobody escaped.
    const escaped = value.replace(/%(?![\da-f]{2})/gi, '%25').replace(/\\/g, '%5C');
    const url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(escaped) ? escaped : `http://${escaped}`);
    if (!/^https?:$/.test(url.protocol) || url.pathname !== '/') return {};
    [url.username, url.password].forEach(decodeURIComponent);
    return { url, origin: url.origin, hasPassword: url.username !== '' || url.password !== '' };
  } catch {
    return {};
  }
}

/** Whether `NO_PROXY` names the host: `*`, a domain with all below it, an address, a range; each with a port or none. */
function isListed(list, { hostname, port, protocol }) {
  const host = bare(hostname).replace(/\.$/, '');
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, name, wanted] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) || [];
      if (!name || (wanted && wanted !== ownPort)) return false;
      if (name === '*') return true;
      const domain = bare(name)
        .replace(/^\*?\./, '')
        .replace(/\.$/, '');
      return host === domain || host.endsWith(`.${domain}`) || isWithin(domain, host);
    });
}

/** Whether an IP address is in a range such as `10.0.0.0/8`. */
function isWithin(range, host) {
  const [net, bits] = range.split('/');
  const family = isIP(net);
  if (!family || bits === undefined || isIP(host) !== family) return false;
  try {
    const ranges = new BlockList();
    ranges.addSubnet(net, Number(bits), `ipv${family}`);
    return ranges.check(host, `ipv${family}`);
  } catch {
    return false;
  }
}
