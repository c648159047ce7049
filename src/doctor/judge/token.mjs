/** Judges the agent's Flex token by what is known of it without reading it. */

import { check } from '../finding.mjs';

const PRESENT = check(
  'token.present',
  'The login-key Function signs only for an agent whose Flex token Twilio accepts.',
);
const EXPIRED = check('token.expired', 'Twilio refuses a Flex token whose session is over.');
const FIXED = check(
  'token.fixed',
  'Flex renews its token while agents work; a fixed text stays the old one.',
);

/**
 * @param {string} from `authtoken` or `Flex`.
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeToken(token, from) {
  if (token) return PRESENT.ok(`There is a Flex token, from ${from}.`);
  return from === 'Flex'
    ? PRESENT.error('Flex has no token: nobody is logged in.', 'Log in to Flex, and run it again.')
    : PRESENT.error(
        'authtoken gives no text.',
        "Leave authtoken out, so that Flex's own token is used, or set it to () => manager.user.token.",
      );
}

/**
 * @param {number | undefined} endsAtMs When Flex's session ends.
 * @param {number} nowMs
 * @returns {import('../finding.mjs').Finding[]} None if Flex does not say.
 */
export function judgeSession(endsAtMs, nowMs) {
  if (endsAtMs === undefined) return [];
  const minutes = Math.round(Math.abs(endsAtMs - nowMs) / 60_000);
  return endsAtMs > nowMs
    ? [EXPIRED.ok(`Flex's session is good for ${minutes} more minutes.`)]
    : [
        EXPIRED.error(
          `Flex's session ended ${minutes} minutes ago, and the Function did not take its token.`,
          'Log out of Flex and in again.',
        ),
      ];
}

/** A fixed `authtoken` was refused, and Flex's own taken. */
export function fixedToken() {
  return FIXED.warning(
    "authtoken is a fixed text that Twilio refuses; Flex's current token is accepted.",
    'Leave authtoken out, or set it to () => manager.user.token.',
  );
}
