// What deploy gave a setting, by version, and what was there before: kept in the Function's variables. Pure.

import { NOTE } from './names.mjs';
import { isSame } from './settings.mjs';

/** Twilio takes so many bytes of a variable. */
const LONGEST_VALUE = 450;

/**
 * @typedef {[version: string, before: any, given: any]} Entry `null` where there was none.
 *
 * @param {{key: string, value: string}[]} variables
 * @returns {Map<string, Entry[]>} By setting; the newest entry last.
 */
export function readNotes(variables) {
  const notes = variables.filter(({ key }) => key.startsWith(NOTE));
  return new Map(notes.map(({ key, value }) => [settingOf(key), entriesOf(value)]));
}

/** @returns {string} The variable of a setting's note. */
export function noteOf(setting) {
  return NOTE + setting.toUpperCase();
}

function settingOf(key) {
  return key.slice(NOTE.length).toLowerCase();
}

/**
 * The note that has to be there before a setting is changed.
 * @param {Entry[]} entries
 * @param {string} version That changes it.
 * @param {any} before
 * @param {any} given
 * @returns {string | undefined} Undefined where it would not fit: what was there is then too long to be put back.
 */
export function noted(entries, version, before, given) {
  const last = entries.at(-1);
  const isAgain = last?.[0] === version;
  // What deploy itself gave before is not what somebody had there.
  const former = isAgain && isSame(before, last[2]) ? last[1] : before;
  let kept = [...(isAgain ? entries.slice(0, -1) : entries), [version, former ?? null, given]];
  while (Buffer.byteLength(JSON.stringify(kept)) > LONGEST_VALUE) kept = kept.slice(1);
  return kept.length > 0 ? JSON.stringify(kept) : undefined;
}

/** @returns {string | undefined} Undefined where no entry is left. */
export function noteText(entries) {
  return entries.length > 0 ? JSON.stringify(entries) : undefined;
}

/**
 * What a setting becomes when entries are taken back: the newest first, as long as the setting still has the value
 * that was given.
 * @param {any} value That it has now.
 * @param {Entry[]} entries
 * @param {(entry: Entry) => boolean} isTaken Which of them are taken back.
 * @returns {{value: any, isTheirs: boolean}} `isTheirs`: somebody else changed it since, and it stays.
 */
export function takenBack(value, entries, isTaken) {
  let now = value;
  for (const entry of [...entries].reverse()) {
    if (!isTaken(entry)) break;
    const [, before, given] = entry;
    if (!isSame(now, given)) return { value: now, isTheirs: true };
    now = before ?? undefined;
  }
  return { value: now, isTheirs: false };
}

function entriesOf(value) {
  try {
    const entries = JSON.parse(value);
    return Array.isArray(entries) ? entries.filter((it) => Array.isArray(it)) : [];
  } catch {
    return [];
  }
}
