/**
 * Which addresses the component talks to: https, or http on this machine. The rules are those of
 * `src/core/origin.rs`; a test holds both to the same table.
 */

/** Whether `url` is an absolute https URL, or an http URL of a loopback host, without credentials. */
export function isAcceptable(url) {
  // eslint-disable-next-line no-control-regex
  if (/[\s\\\u0000-\u001f\u007f-\u009f\u0085]/.test(url)) return false;
  const parts = /^(https?):\/\/([^/?#]*)/i.exec(url);
  if (!parts) return false;
  const host = hostOf(parts[2]);
  if (host === undefined) return false;
  return parts[1].toLowerCase() === 'https' || isLoopback(host.toLowerCase());
}

/** The origin of a host that is given with or without scheme and path, or undefined. */
export function originOf(host) {
  const url = host.includes('://') ? host : `https://${host}`;
  if (!isAcceptable(url)) return undefined;
  const [, scheme, authority] = /^(https?:\/\/)([^/?#]*)/i.exec(url);
  return scheme.toLowerCase() + authority;
}

/** Whether a host name is this machine. */
export function isLoopback(host) {
  const octets = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (octets !== null &&
      octets.slice(1).every((octet) => String(Number(octet)) === octet && octet < 256))
  );
}

/** The host of `host`, `host:port` or `[v6]:port`; undefined if no browser could read it. */
function hostOf(authority) {
  const parts = /^(?:\[([^\]]*)\]|([^:%@<>[\]^|`]+))(?::(\d{1,5}))?$/.exec(authority);
  if (!parts || Number(parts[3] || 0) > 65535) return undefined;
  if (parts[1] === undefined) return parts[2];
  return isIpv6(parts[1]) ? parts[1] : undefined;
}

function isIpv6(text) {
  try {
    return Boolean(new URL(`http://[${text}]/`));
  } catch (_) {
    return false;
  }
}
