/**
 * Judges the clock of this machine by the server's. The rules are those of `judge` in
 * `src/core/login_key/reply.rs`. The cases are in `vectors/login_key_lifetime.json`.
 */

import { check } from '../finding.mjs';

const SKEW = check(
  'clock.skew',
  'By a wrong clock a login key looks expired when it is good, or good when it is expired.',
);

/** Less is neither noticed nor measured reliably: `Date` counts seconds, and answers take time. */
const TOLERANCE_MS = 60_000;

const DAY_MS = 86_400_000;

/** No clock of a page that could load is farther off: the certificates would have failed. */
const FARTHEST_MS = 366 * DAY_MS;

const SET_THE_CLOCK =
  'Let the system set the time by itself (NTP) on this machine and on those of the agents.';

/**
 * What time it was on the server half-way between request and answer: from `Date`, else from
 * `issuedAt`. Where neither tells, it is taken for the own clock's, with a day of doubt: clocks are
 * often off by hours, since their time zone is wrong.
 * @param {{issuedAt?: unknown}} reply `issuedAt` in Unix seconds.
 * @param {import('./function.mjs').Answer} answer
 * @returns {{nowMs: number, doubtMs: number, skewMs?: number, source?: string}} `skewMs` is how far
 *   the own clock is ahead, and absent if the server did not tell its time.
 */
export function serverClock({ issuedAt }, { headers = {}, askedAtMs, answeredAtMs }) {
  const ownMs = (askedAtMs + answeredAtMs) / 2;
  const issuedMs = typeof issuedAt === 'number' ? issuedAt * 1000 : NaN;
  const told = [
    [Date.parse(headers.date), 'Date'],
    [issuedMs, 'issuedAt'],
  ].find(([serverMs]) => Math.abs(serverMs - ownMs) < FARTHEST_MS);
  if (!told) return { nowMs: ownMs, doubtMs: DAY_MS };
  const [nowMs, source] = told;
  return { nowMs, doubtMs: 0, skewMs: ownMs - nowMs, source };
}

/**
 * @param {ReturnType<typeof serverClock>} clock
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeClock({ skewMs, source }) {
  if (skewMs === undefined) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= TOLERANCE_MS) {
    return [SKEW.ok(`This machine's clock agrees with the Function's (${source}).`)];
  }
  return [
    SKEW.warning(
      `This machine's clock is ${seconds} seconds ${skewMs > 0 ? 'ahead of' : 'behind'} the Function's (${source}).`,
      SET_THE_CLOCK,
    ),
  ];
}

/**
 * The server did not tell its time, and by the own clock the key cannot be right.
 * @param {string} seen
 */
export function doubtfulClock(seen) {
  return SKEW.unknown(
    `By this machine's clock ${seen}; what the Function's clock says is not known.`,
    `Compare this machine's time and time zone with the true time. ${SET_THE_CLOCK} The Function tells its time if it is functions/getloginkey.js of flex-glance.`,
  );
}
