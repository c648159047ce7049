/** The address of a page that a single-page site changes without loading another one. */

const LOOK_MS = 1000;

/** What Glance's script has told of this page: its first `presence` sends the address by itself. */
let first;

/**
 * Calls `changed` with the address when it is no longer the one that Glance was told.
 *
 * It is looked at each second: no event tells of `pushState` in every browser, and `history` is the
 * site's own.
 * @param {(url: string) => void} changed
 * @returns {() => void} Stops looking.
 */
export function whenPageChanges(changed) {
  first = first || document.URL;
  let told = first;
  let timer;
  function look() {
    timer = setTimeout(look, LOOK_MS);
    if (document.URL === told) return;
    told = document.URL;
    changed(told);
  }
  look();
  return () => clearTimeout(timer);
}
