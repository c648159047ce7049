/**
 * @typedef {object} Config
 * @property {string} origin Glance's server, the one this script came from.
 * @property {number} groupid
 * @property {string} [visitorid] The default session key.
 * @property {string} [cookieDomain]
 * @property {string} [termsUrl]
 * @property {string} [presence] `on` or `api`.
 * @property {string} [presenceServer] Host of the Presence service.
 */

/**
 * Reads the tag with the ID `glance-cobrowse` and `window.GLANCE_COBROWSE`.
 *
 * @param {HTMLScriptElement} script The element that runs this code.
 * @returns {Config}
 */
export function readConfig(script) {
  const tag = document.getElementById('glance-cobrowse') ?? script;
  const { groupid, visitorid, cookiedomain, termsurl, presence, presenceserver } = tag.dataset;
  return {
    origin: new URL(script.src).origin,
    groupid: Number(groupid),
    visitorid: window.GLANCE_COBROWSE?.visitorid ?? visitorid,
    cookieDomain: cookiedomain,
    termsUrl: termsurl,
    presence,
    presenceServer: presenceserver,
  };
}
