/** Props that are a text, or a function that gives one. */

import { withLimit } from './limit.mjs';

/** How long the component waits for a login key, which such a function is a part of. */
const PATIENCE_MS = 10_000;

/**
 * The text that a prop gives, as `src/effects/supplier.rs` reads it: a text, or a function that gives
 * or promises one.
 * @param {unknown} prop
 * @returns {Promise<string | undefined>} Trimmed; undefined if it gives no text, throws, or never ends.
 */
export async function supplied(prop) {
  try {
    const given = typeof prop === 'function' ? Promise.resolve(prop()) : Promise.resolve(prop);
    const value = await withLimit(given, PATIENCE_MS, () => undefined);
    return (typeof value === 'string' && value.trim()) || undefined;
  } catch (_) {
    return undefined;
  }
}
