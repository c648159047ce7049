/**
 * The text that a prop gives, as `src/effects/supplier.rs` reads it: a text, or a function that gives
 * or promises one.
 * @param {unknown} prop
 * @returns {Promise<string | undefined>} Trimmed; undefined if it gives no text, or throws.
 */
export async function supplied(prop) {
  try {
    const value = typeof prop === 'function' ? await prop() : prop;
    return (typeof value === 'string' && value.trim()) || undefined;
  } catch (_) {
    return undefined;
  }
}
