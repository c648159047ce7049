// The agent's desktop in the genuine Flex UI, and what Chromium tells of its main thread.

import { median } from './rounds.mjs';

/** A plugin that is not there: Flex starts without any. */
export const NO_PLUGIN = { plugin: 'none' };

/** What the plugin is called where Chromium names the file of a function. */
export const PLUGIN_FILE = '/plugins/example.js';

/**
 * Opens DevTools on a page.
 * @returns {Promise<{send: Function, taskMs: () => Promise<number>}>} `taskMs`: how long the main thread
 *   has worked so far, in milliseconds.
 */
export async function openDevtools(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  return {
    send: (...call) => devtools.send(...call),
    async taskMs() {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    },
  };
}

/** A row of `with`, `without` and their ratio. */
export function ratioRow(what, unit, rounds, atMost) {
  const [plugin, none] = ['plugin', 'none'].map((name) => median(rounds.map((it) => it[name])));
  const ratio = median(rounds.map((it) => it.plugin / it.none));
  const values = [Math.round(plugin), Math.round(none), Number(ratio.toFixed(3))];
  const row = { what, unit, values };
  return atMost === undefined ? row : { ...row, limit: { column: 2, atMost } };
}
