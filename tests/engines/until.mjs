// Waiting for a condition.

import { setTimeout as wait } from 'node:timers/promises';

// A machine that does other work as well is slow, not broken.
const LIMIT_MS = 45_000;
const PAUSE_MS = 50;

/**
 * Asks until the answer is truthy; answers it.
 * @template T
 * @param {string} what Ends the sentence "Waited for …".
 * @param {() => T | Promise<T>} ask
 * @returns {Promise<T>}
 * @throws {Error} After 45 seconds, with the last answer.
 */
export async function until(what, ask) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) {
      throw new Error(`Waited for ${what}. The last answer was ${JSON.stringify(answer)}.`);
    }
    await wait(PAUSE_MS);
  }
}

/** Waits until `ask` answers exactly this text. */
export async function untilText(what, ask, expected) {
  let last;
  await until(`${what} to say “${expected}”`, async () => {
    last = await ask();
    return last === expected;
  }).catch((error) => {
    throw new Error(`${error.message} It said “${last}”.`);
  });
}
