/** Judges a login key: form and time. Its signature only Glance can check. */

import { check } from '../finding.mjs';
import { LONGEST_LIFE_S, readLoginKey } from '../login-key.mjs';

const FORM = check('key.form', 'Glance documents one form of login key; it refuses any other.');
const EXPIRED = check('key.expired', 'Glance asks an agent with an expired key to log in by hand.');
const LIFETIME = check(
  'key.lifetime',
  'Glance allows a login key one day at the most; a very short one expires before the viewer opens.',
);

const SHORTEST_LIFE_S = 60;

/**
 * @param {{loginKey?: unknown, expiration?: unknown}} reply
 * @param {number} nowMs The server's time, where it is known.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeKey({ loginKey, expiration }, nowMs) {
  const { broken, expiresAtS } = readLoginKey(loginKey);
  if (broken) {
    return [
      FORM.error(
        `The login key ${broken}.`,
        /expiry/.test(broken)
          ? 'Set GLANCE_EXPIRATION of the Function to seconds, digits only, such as 3600; or deploy ' +
              'functions/getloginkey.js of flex-glance.'
          : 'Deploy functions/getloginkey.js of flex-glance, which signs as Glance documents it.',
      ),
    ];
  }
  if (expiration !== undefined && Number(expiration) !== expiresAtS) {
    return [
      FORM.error(
        "The reply's expiration is not the moment that the key is signed for.",
        'Let the Function reply the number that it signs; or deploy functions/getloginkey.js of ' +
          'flex-glance.',
      ),
    ];
  }
  const form = FORM.ok('The login key has version 1, an expiry and 57 characters.');
  const leftS = Math.round(expiresAtS - nowMs / 1000);
  if (leftS <= 0) {
    return [
      form,
      EXPIRED.error(
        `The login key ran out ${-leftS} seconds before it came.`,
        'Let nothing between browser and Function cache replies, and set GLANCE_EXPIRATION to a ' +
          'positive number of seconds, usually 3600.',
      ),
    ];
  }
  return [form, EXPIRED.ok(`The login key is good for ${leftS} seconds.`), judgeLifetime(leftS)];
}

function judgeLifetime(leftS) {
  // The server's time is known to a second or two.
  if (leftS > LONGEST_LIFE_S + 5) {
    return LIFETIME.error(
      `The login key is good for ${leftS} seconds, more than one day.`,
      `Set GLANCE_EXPIRATION of the Function to at most ${LONGEST_LIFE_S}, usually 3600.`,
    );
  }
  if (leftS < SHORTEST_LIFE_S) {
    return LIFETIME.warning(
      `The login key is good for ${leftS} seconds only.`,
      'Set GLANCE_EXPIRATION of the Function to 3600.',
    );
  }
  return LIFETIME.ok('Its lifetime is within one day.');
}
