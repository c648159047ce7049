/** Made-up SIDs, each different from all others. */

let last = 0;

/** @param {string} prefix Two letters. */
export function sid(prefix) {
  last += 1;
  return prefix + last.toString(16).padStart(32, '0');
}
