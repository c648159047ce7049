/**
 * Texts that stand for nothing: what templates and conversions write where there is no value. Which
 * they are, and why, is told in `vectors/visitor_id.json`, which core runs as well.
 */

import { trim } from './white-space.mjs';

/** A missing value as a text, in the languages that pages and task attributes are made by. */
const NOTHING = /^(undefined|null|nil|none|nan|true|false|array)$/i;

/** A template that nobody filled in, or an object as a text. */
const UNFILLED = /\{\{|\$\{|#\{|<%|\[object |<no value>|^\{\w*\}$|^%[sd@]$/;

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** What separates the parts of an ID: every ASCII character that is no letter or digit. */
const MARKS = /[\0-/:-@[-`{-\x7f]+/;

/**
 * Whether a value is a text, not empty, that stands for nothing.
 * @param {unknown} value
 */
export function standsForNothing(value) {
  const text = typeof value === 'string' ? trim(value) : '';
  if (text === '') return false;
  const parts = text.split(MARKS).filter(Boolean);
  return (
    parts.every((part) => NOTHING.test(part)) ||
    // A word of the page's own and JavaScript's `undefined`.
    (parts.includes('undefined') && !/\d/.test(text)) ||
    UNFILLED.test(text) ||
    text === NIL_UUID
  );
}
