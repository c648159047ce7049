/** The report, for the clipboard. */

import { make } from './element.mjs';

/**
 * @param {import('../examine.mjs').Report} report
 * @param {string} label
 * @returns {Promise<HTMLElement | undefined>} A field to copy from by hand, where the browser lets no
 *   page write to the clipboard.
 */
export async function copyReport(report, label) {
  const text = JSON.stringify(report, null, 2);
  try {
    await navigator.clipboard.writeText(text);
    return undefined;
  } catch (_) {
    const field = make('textarea', { readonly: true, rows: '8', spellcheck: 'false' });
    field.value = text;
    return make('label', { class: 'by-hand' }, label, field);
  }
}
