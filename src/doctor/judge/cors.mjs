/** Judges whether a page may read the Function's answer. */

import { check, quote } from '../finding.mjs';

const CORS = check(
  'function.cors',
  'A browser hides an answer that does not name the origin of the page that asked.',
);

/**
 * @param {import('./function.mjs').Answer} answer
 * @param {import('./function.mjs').Question} question
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeCors({ failure, headers = {} }, { origin, inBrowser }) {
  if (failure === 'cors') return corsError(`The browser hid the answer from ${origin}.`, origin);
  if (inBrowser) return CORS.ok(`The page of ${origin} may read the answer.`);
  const allowed = headers['access-control-allow-origin'];
  if (allowed === origin || allowed === '*')
    return CORS.ok(`Pages of ${origin} may read the answer.`);
  if (allowed === undefined) {
    return corsError(`The answer to ${origin} has no Access-Control-Allow-Origin.`, origin);
  }
  return corsError(
    allowed.includes(',')
      ? `The answer to ${origin} names more than one origin, which no browser accepts.`
      : `The answer to ${origin} is for ${quote(allowed)} alone.`,
    origin,
  );
}

/** What is to be done for an origin that is not let in. */
export function corsError(seen, origin) {
  return CORS.error(
    seen,
    `If Flex runs on ${origin}, add it to ALLOWED_ORIGINS of the Function and deploy again; a ` +
      'Function of your own has to send Access-Control-Allow-Origin with every answer.',
  );
}
