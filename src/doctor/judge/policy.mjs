/** What to do about a Content Security Policy that refuses something. */

/**
 * @param {string} directive
 * @param {string} source What to add to it: an origin, or a keyword.
 */
export function addToPolicy(directive, source) {
  return (
    `Add ${source} to ${directive} of the Content-Security-Policy that Flex is served with. If you ` +
    "did not set one, a proxy or a browser extension did, or it is Twilio's: then ask Twilio support."
  );
}
