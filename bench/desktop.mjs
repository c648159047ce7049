// The agent's desktop in the genuine Flex UI, and what Chromium tells of its main thread.

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
