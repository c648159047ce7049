/** Whether a host answers this page at all. */

import { underPolicy } from './policy.mjs';

/** How long a host may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * @param {string} origin
 * @returns {Promise<{reached: boolean, directive?: string}>} `directive`: the page's policy refused to
 *   ask.
 */
export async function reachHost(origin) {
  const { outcome, directive } = await underPolicy(origin, () => answers(`${origin}/`));
  return { reached: outcome, directive };
}

/**
 * Whether anything comes back from an address; what it says stays hidden from the page.
 * @param {string} url
 */
export async function answers(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
  try {
    await fetch(url, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: controller.signal,
    });
    return true;
  } catch (_) {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
