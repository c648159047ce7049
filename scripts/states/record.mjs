// Records the component's views: what it draws in each of the bench's states.

import { openBenchPage } from '../../bench/bench-page.mjs';
import { serve } from '../../bench/server.mjs';

/** The recorded views, relative to the project's folder. */
export const VIEWS = 'www/states/views.json';

// The page of all states draws each of them dark itself, has both slots of each, and is in English.
const LEFT_OUT = ['a dark theme', 'ready, in the panel', 'a fault, in the panel', 'Spanish'];

/**
 * Drives the built component through its states, once in the header and once in the panel.
 * @param {import('@playwright/test').Browser} browser
 * @returns {Promise<string>} The text of `VIEWS`: a list of `{ name, header?, panel? }`, the last two
 *   being the HTML that the component drew there.
 * @throws If a state cannot be reached.
 */
export async function recordStates(browser) {
  const bench = await serve();
  const recorded = new Map();
  try {
    for (const slot of ['header', 'panel']) {
      for (const [name, view] of await walk(browser, bench.origin, slot)) {
        if (typeof view === 'string') throw new Error(`The state "${name}": ${view}.`);
        if (!view || LEFT_OUT.includes(name)) continue;
        recorded.set(name, { name, ...recorded.get(name), [view.slot]: view.html });
      }
    }
  } finally {
    await bench.close();
  }
  return `${JSON.stringify([...recorded.values()], null, 1)}\n`;
}

async function walk(browser, origin, slot) {
  // A page of its own, since presence and language stay in one.
  const page = await openBenchPage(browser, origin);
  try {
    return await page.run('views', slot);
  } finally {
    await page.close();
  }
}
