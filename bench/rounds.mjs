// Times taken in several rounds.

/** The columns of `row`. */
export const COLUMNS = ['median', 'fastest', 'slowest', 'rounds'];

/** For each time, so that the whole run keeps its five minutes on a slow machine, too. */
const LIMIT_MS = 60_000;

/**
 * Takes a time again and again, and stops early where rounds are slow.
 * @param {number} rounds
 * @param {() => Promise<number>} take Answers milliseconds.
 */
export async function takeTimes(rounds, take) {
  const end = Date.now() + LIMIT_MS;
  const times = [];
  while (times.length < rounds && (times.length === 0 || Date.now() < end)) {
    times.push(await take());
  }
  return times;
}

/** One row of a table with `COLUMNS`. */
export function row(what, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  const milliseconds = [median, sorted[0], sorted.at(-1)].map(Math.round);
  return { what, unit: 'ms', values: [...milliseconds, times.length] };
}
