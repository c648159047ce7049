/** How long to wait before the next try. */

const FIRST_MS = 1000;
const LONGEST_MS = 60000;

/**
 * Doubles from one second to a minute, and is drawn from the upper half of that, so that the
 * visitors of a site do not all come back in the same moment.
 * @param {number} failures How many tries have failed, 1 or more.
 * @returns {number} Milliseconds.
 */
export function backoff(failures) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return longest * (0.5 + Math.random() / 2);
}
