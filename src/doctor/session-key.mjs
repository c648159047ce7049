/**
 * Whether a text can be a session key, which is the visitor's ID. The cases are in
 * `vectors/session_key.json`, which core and the Glance stand-in run as well.
 */
export function isSessionKey(text) {
  return /^[A-Za-z0-9_.~-]{1,62}$/.test(text);
}
