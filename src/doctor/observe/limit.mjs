/**
 * Waits for `work`, but no longer than `ms` milliseconds.
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @param {() => any} late What is told in its place when the time is over.
 * @returns {Promise<T>}
 */
export function withLimit(work, ms, late) {
  let timer;
  const limit = new Promise((resolve) => {
    timer = setTimeout(() => resolve(late()), ms);
  });
  const clear = () => clearTimeout(timer);
  work.then(clear, clear);
  return Promise.race([work, limit]);
}
