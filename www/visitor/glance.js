/** Glance's visitor script, which may come late or not at all. */

import { backoff } from './backoff.js';

/** After this long without the script it is worth a word. */
const LATE_MS = 10000;

/** A script's `load` does not bubble. */
const CAPTURING = { capture: true };

/** The script or meta element that carries the attributes, under its present and its old name. */
const TAG = '#glance-cobrowse, #cobrowsescript';

/** `GLANCE.Presence.Visitor`, or undefined. */
export function presenceVisitor() {
  try {
    return window.GLANCE.Presence.Visitor;
  } catch (_) {
    return undefined;
  }
}

/** The group ID that the script tag names, or undefined. */
export function taggedGroupId() {
  const tag = document.querySelector(TAG);
  return (tag && tag.getAttribute('data-groupid')) || undefined;
}

/**
 * Calls `ready` once `GLANCE.Presence.Visitor` is there, for a page that has none yet.
 *
 * Any script that loads may have brought it. Glance does not say that it is there by the time its
 * tag has loaded, so it is looked for between loads as well, less and less often.
 * @param {() => void} ready
 * @param {() => void} late Called once if it is still not there after ten seconds.
 * @returns {() => void} Gives up waiting.
 */
export function whenGlance(ready, late) {
  let failures = 0;
  let again;
  const tooLate = setTimeout(late, LATE_MS);
  const stop = () => {
    clearTimeout(tooLate);
    clearTimeout(again);
    document.removeEventListener('load', look, CAPTURING);
  };
  function look() {
    if (!presenceVisitor()) return;
    stop();
    ready();
  }
  function lookLater() {
    failures += 1;
    again = setTimeout(() => {
      lookLater();
      look();
    }, backoff(failures));
  }
  document.addEventListener('load', look, CAPTURING);
  lookLater();
  return stop;
}
