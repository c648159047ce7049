/** Judges the clock of this machine by the server's. */

import { check } from '../finding.mjs';

const SKEW = check(
  'clock.skew',
  'By a wrong clock a login key looks expired when it is good, or good when it is expired.',
);

/** Less is neither noticed nor measured reliably: `Date` counts seconds, and answers take time. */
const TOLERANCE_MS = 60_000;

/**
 * What time it was on the server when it answered. `nowMs` falls back to the own clock.
 * @param {{issuedAt?: unknown}} reply `issuedAt` in Unix seconds.
 * @param {import('./function.mjs').Answer} answer
 * @returns {{nowMs: number, skewMs?: number, source?: string}} `skewMs` is how far the own clock is
 *   ahead, and absent if the server did not tell its time.
 */
export function serverClock({ issuedAt }, { headers = {}, askedAtMs, answeredAtMs }) {
  const byDate = Date.parse(headers.date);
  const isIssued = typeof issuedAt === 'number' && Number.isFinite(issuedAt);
  const [serverMs, source] = isIssued ? [issuedAt * 1000, 'issuedAt'] : [byDate, 'Date'];
  if (Number.isNaN(serverMs)) return { nowMs: answeredAtMs };
  // The server's time lies between asking and answering, rounded down to seconds.
  const earliest = askedAtMs - serverMs - 1000;
  const latest = answeredAtMs - serverMs;
  const skewMs = earliest > 0 ? earliest : Math.min(latest, 0);
  return { nowMs: answeredAtMs - skewMs, skewMs, source };
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
      'Let the system set the time by itself (NTP) on this machine and on those of the agents.',
    ),
  ];
}
