/** The number of a Glance group, as `src/core/group_id.rs` reads it. */

import { trim } from './white-space.mjs';

/** The group's number, or undefined if the component would not take it. */
export function readGroupId(value) {
  const text = typeof value === 'string' ? trim(value) : String(value);
  const fits = typeof value === 'number' ? Number.isInteger(value) : /^\d+$/.test(text);
  const id = Number(text);
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && fits && id > 0 && id <= 0xffffffff ? id : undefined;
}
