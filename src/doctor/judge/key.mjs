/**
 * Judges a login key: form and time, by the rules of `judge` in `src/core/login_key/reply.rs`. Its
 * signature only Glance can check.
 */

import { check } from '../finding.mjs';
import { LONGEST_LIFE_S, readLoginKey } from '../login-key.mjs';
import { doubtfulClock } from './clock.mjs';

const FORM = check('key.form', 'Glance documents one form of login key; it refuses any other.');
const EXPIRED = check('key.expired', 'Glance asks an agent with an expired key to log in by hand.');
const LIFETIME = check(
  'key.lifetime',
  'Glance allows a login key one day at the most; a very short one expires before the viewer opens.',
);

const SHORTEST_LIFE_S = 60;

/** By how much a key may outlast the longest life: two servers' clocks differ. */
const SLACK_S = 60;

/**
 * @param {{loginKey?: unknown, expiration?: unknown}} reply
 * @param {{nowMs: number, doubtMs: number}} clock From `serverClock`.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeKey({ loginKey, expiration }, clock) {
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
  return [form, ...judgeTime(expiresAtS - clock.nowMs / 1000, clock.doubtMs / 1000)];
}

/** @param {number} leftS How long the key is good for, give or take `doubtS`. */
function judgeTime(leftS, doubtS) {
  const seconds = Math.round(Math.abs(leftS));
  const isOver = leftS <= 0;
  if (leftS <= -doubtS) {
    return [
      EXPIRED.error(
        `The login key ran out ${seconds} seconds before it came.`,
        'Let nothing between browser and Function cache replies, and set GLANCE_EXPIRATION to a ' +
          'positive number of seconds, usually 3600.',
      ),
    ];
  }
  const good = EXPIRED.ok(
    isOver
      ? 'The login key is taken for good, as the component does.'
      : `The login key is good for ${seconds} seconds.`,
  );
  const isLong = leftS > LONGEST_LIFE_S + SLACK_S;
  if (leftS > LONGEST_LIFE_S + SLACK_S + doubtS) {
    return [
      good,
      LIFETIME.error(
        `The login key is good for ${seconds} seconds, more than one day.`,
        `Set GLANCE_EXPIRATION of the Function to at most ${LONGEST_LIFE_S}, usually 3600.`,
      ),
    ];
  }
  if (isOver || isLong) {
    const seen = isOver
      ? `the login key ran out ${seconds} seconds before it came`
      : `the login key is good for ${seconds} seconds, more than one day`;
    return [good, doubtfulClock(seen)];
  }
  return [
    good,
    leftS < SHORTEST_LIFE_S
      ? LIFETIME.warning(
          `The login key is good for ${seconds} seconds only.`,
          'Set GLANCE_EXPIRATION of the Function to 3600.',
        )
      : LIFETIME.ok('Its lifetime is within one day.'),
  ];
}
