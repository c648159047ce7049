/**
 * Texts that stand for nothing: what templates and conversions write where there is no value.
 *
 * Each is a possible visitor ID by its letters, and would be that of everybody who has none. Which
 * texts, and why, is told in `tests/vectors/visitor_id.json`, which every reader of the rule runs.
 */

import { shown } from './report.js';

/** A missing value as a text, in the languages that pages and task attributes are made by. */
const NOTHING = /^(undefined|null|nil|none|nan|true|false|array)$/i;

/** A template that nobody filled in, or an object as a text. */
const UNFILLED = /\{\{|\$\{|#\{|<%|\[object |<no value>|^\{\w*\}$|^%[sd@]$/;

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** What separates the parts of an ID: every ASCII character that is no letter or digit. */
const MARKS = /[\0-/:-@[-`{-\x7f]+/;

/**
 * Whether a text, which is not empty, stands for nothing.
 * @param {string} text
 */
export function standsForNothing(text) {
  const trimmed = text.trim();
  const parts = trimmed.split(MARKS).filter(Boolean);
  return (
    parts.every((part) => NOTHING.test(part)) ||
    // A word of the page's own and JavaScript's `undefined`.
    (parts.includes('undefined') && !/\d/.test(trimmed)) ||
    UNFILLED.test(trimmed) ||
    trimmed === NIL_UUID
  );
}

/**
 * Why a visitor ID stands for nothing, and what to do; undefined for any other value.
 * @param {unknown} id
 */
export function whyNothing(id) {
  const text = typeof id === 'string' ? shown(id).trim() : '';
  if (!text || !standsForNothing(text)) return undefined;
  return `is the text “${text}”, which stands for nothing: all who have no ID would share it. Give each visitor an ID of their own, such as visitorId() makes, and none where there is none.`;
}
