// Times taken in several rounds.

/** The columns of `row`. */
export const COLUMNS = ['median', 'fastest', 'slowest', 'rounds'];

/** For each time, so that the whole run keeps its five minutes on a slow machine, too. */
const LIMIT_MS = 60_000;

/**
 * Takes a time again and again, and stops early where rounds are slow.
 * @param {number} rounds
 * @param {() => Promise<T>} take
 * @param {number} limit In milliseconds.
 * @template T
 * @returns {Promise<T[]>} At least one.
 */
export async function takeTimes(rounds, take, limit = LIMIT_MS) {
  const end = Date.now() + limit;
  const times = [];
  while (times.length < rounds && (times.length === 0 || Date.now() < end)) {
    times.push(await take(times.length));
  }
  return times;
}

/** One row of a table with `COLUMNS`. */
export function row(what, times, digits) {
  const sorted = [...times].sort((a, b) => a - b);
  const shown = [median(times), sorted[0], sorted.at(-1)].map((time) => rounded(time, digits));
  return { what, unit: 'ms', values: [...shown, times.length] };
}

/** The middle of the values, in whatever order they come. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} [digits] Behind the point. */
export function rounded(value, digits = 0) {
  return Number(value.toFixed(digits));
}

/** Three digits that count, or all of a whole number that has more. */
export function significant(value) {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The names in a new random order: what runs after what must not decide. */
export function shuffled(names) {
  const order = [...names];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
