/** The element that configures the script: the script's own, or a meta element. */
function element() {
  return document.getElementById('glance-cobrowse');
}

/** @returns {string | undefined} */
export function groupid() {
  return element()?.dataset.groupid;
}

/** @returns {string | undefined} A token that the page itself has obtained. */
export function pageToken() {
  return element()?.dataset.authtoken;
}
