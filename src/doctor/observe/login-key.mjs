/** Asks the login-key Function as the component does (`src/effects/key_request.rs`). */

import { answers } from './host.mjs';
import { underPolicy } from './policy.mjs';

/** How long the component waits for the Function, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Longest answer that is read, in characters. */
const LONGEST = 1 << 20;

/**
 * @param {string} url
 * @param {string} token The agent's Flex token.
 * @param {string} partnerUserId
 * @returns {Promise<import('../judge/function.mjs').Answer & {directive?: string}>} `directive`: the
 *   page's policy refused to ask.
 */
export async function askForKey(url, token, partnerUserId) {
  const { origin } = new URL(url);
  const { outcome, directive } = await underPolicy(origin, () => ask(url, token, partnerUserId));
  if (outcome) return outcome;
  if (directive) return { failure: 'network', directive };
  // A browser words an answer that it hides like no answer. Without CORS something always comes
  // back from a Function that runs.
  return { failure: (await answers(url)) ? 'cors' : 'network' };
}

async function ask(url, token, partnerUserId) {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, PATIENCE_MS);
  const askedAtMs = Date.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ Token: token, partneruserid: partnerUserId }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: controller.signal,
    });
    const answeredAtMs = Date.now();
    const headers = {};
    response.headers.forEach((value, name) => (headers[name] = value));
    const body = await response.text();
    if (body.length > LONGEST) return { failure: 'too_large' };
    return { status: response.status, headers, body, askedAtMs, answeredAtMs };
  } catch (_) {
    return late ? { failure: 'timeout' } : undefined;
  } finally {
    clearTimeout(timer);
  }
}
