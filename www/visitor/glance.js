/** Glance's visitor script, which may come late or not at all. */

import { backoff } from './backoff.js';

/** After this long without the script it is worth a word. */
const LATE_MS = 10000;

/** A script's `load` does not bubble. */
const CAPTURING = { capture: true };

/** The script or meta element that carries the attributes, under its present and its old name. */
export const TAG = '#glance-cobrowse, #cobrowsescript';

/** `GLANCE.Cobrowse.Visitor`, or undefined. */
export function cobrowseVisitor() {
  try {
    return window.GLANCE.Cobrowse.Visitor;
  } catch (_) {
    return undefined;
  }
}

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

/** Without these the script has no group, or no presence. */
const NEEDED = ['data-groupid', 'data-presence'];

/** Why Glance's script may be missing on this page, and what to do. */
export function whyNoGlance() {
  const tag = document.querySelector(TAG);
  if (!tag) return 'The page has no Glance script tag: add it with data-presence="api".';
  const lacking = NEEDED.filter((name) => !tag.getAttribute(name)).join(' and ');
  return lacking
    ? `The page’s Glance script tag lacks ${lacking}: tag managers take such attributes away. Set them by script.`
    : 'Check that no content blocker or security policy stops it, and that data-presence is "api".';
}

/**
 * Calls `ready` once a part of Glance's script is there, for a page that has none yet.
 *
 * Any script that loads may have brought it. Glance does not say that it is there by the time its
 * tag has loaded, so it is looked for between loads as well, less and less often.
 * @param {() => void} ready
 * @param {() => void} late Called once if it is still not there after ten seconds.
 * @param {() => unknown} [find] What is waited for: `GLANCE.Presence.Visitor`, if nothing is said.
 * @returns {() => void} Gives up waiting.
 */
export function whenGlance(ready, late, find = presenceVisitor) {
  let failures = 0;
  let again;
  const tooLate = setTimeout(late, LATE_MS);
  const stop = () => {
    clearTimeout(tooLate);
    clearTimeout(again);
    document.removeEventListener('load', look, CAPTURING);
  };
  function look() {
    if (!find()) return;
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
