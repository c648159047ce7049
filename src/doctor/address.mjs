/**
 * Which addresses may be given: https, or http on this machine. The cases are in
 * `vectors/address.json`, which core runs as well.
 */

/** Whether `url` is an absolute https URL, or an http URL of a loopback host, without credentials. */
export function isAcceptable(url) {
  if (/[\p{White_Space}\p{Control}\\]/u.test(url)) return false;
  const parts = /^(https?):\/\/([^/?#]*)/i.exec(url);
  if (!parts) return false;
  const host = hostOf(parts[2]);
  if (host === undefined) return false;
  return parts[1].toLowerCase() === 'https' || isLoopback(host.toLowerCase());
}

/** The origin of a host that is given with or without scheme and path, or undefined. */
export function originOf(host) {
  const url = /^[^:]*:\/\//.test(host) ? host : `https://${host}`;
  if (!isAcceptable(url)) return undefined;
  const [, scheme, authority] = /^(https?:\/\/)([^/?#]*)/i.exec(url);
  return scheme.toLowerCase() + authority;
}

/**
 * The host of `host`, `host:port` or `[v6]:port`; undefined if no browser could read it. Of a v6 address
 * only the characters are judged.
 */
function hostOf(authority) {
  const parts = /^(?:\[([\da-f.]*:[\da-f:.]*)\]|([^:%@<>[\]^|`]+))(?::(\d+))?$/i.exec(authority);
  if (!parts || Number(parts[3] || 0) > 65535) return undefined;
  return parts[1] || parts[2];
}

/** Whether a host in small letters is this machine. */
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
