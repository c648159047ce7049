const LOOPBACK = /^(localhost|([\w-]+\.)+localhost|127\.0\.0\.1)(:\d+)?$/;

/**
 * The origin of a server that is given as a host, as Glance's defaults are, or as an origin.
 *
 * @param {string} server A bare `host[:port]` is reached by https, on this machine by http.
 * @returns {string}
 */
export function originOf(server) {
  const hasScheme = /^https?:\/\//.test(server);
  const scheme = LOOPBACK.test(server) ? 'http' : 'https';
  return new URL(hasScheme ? server : `${scheme}://${server}`).origin;
}

/** The address of a WebSocket on a server. */
export function socketUrl(origin, path) {
  return origin.replace(/^http/, 'ws') + path;
}
