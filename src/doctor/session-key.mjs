/**
 * What can be a session key, which is the visitor's ID. The cases are in `vectors/session_key.json`,
 * which core and the Glance stand-in run as well.
 */

import { quote } from './finding.mjs';
import { trim } from './white-space.mjs';

const LONGEST = 62;

/**
 * Why a value of a task can be no session key, in words; undefined if it can. White space around it does
 * not count.
 * @param {unknown} value
 */
export function brokenRule(value) {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15) {
    return undefined;
  }
  if (typeof value !== 'string') {
    return `it is ${Array.isArray(value) ? 'an array' : `of type ${typeof value}`}, not a text`;
  }
  const text = trim(value);
  const wrong = Array.from(text).find((character) => !/[A-Za-z0-9_.~-]/.test(character));
  if (wrong) return `it has the character ${quote(wrong)}`;
  if (text === '') return 'it is empty';
  return text.length > LONGEST ? `it has ${text.length} characters` : undefined;
}
