// The start of the genuine Flex UI: with the plugin, with one that does nothing, and without any. All in the
// same browser profile, in turns, so that Flex itself comes out of the cache.

import { plugin as buildPlugin } from '../../scripts/setup.mjs';
import { NO_PLUGIN, openDevtools } from '../desktop.mjs';
import { median, rounded, shuffled, takeTimes } from '../rounds.mjs';

const SCENARIOS = {
  ours: { plugin: 'example', settings: {} },
  empty: { plugin: 'empty' },
  none: NO_PLUGIN,
};

/** What the plugin does beside Flex has been done so long after the desktop is there. */
const AFTERMATH_MS = 1_000;

export const title = 'Start of the Flex UI, beside that with a plugin that does nothing';

export const columns = ['ours', 'empty plugin', 'no plugin', 'ratio'];

export async function measure(stage, { rounds }) {
  await buildPlugin('empty', 'bench/empty-plugin');
  await stage.control.reset();
  const context = await stage.context();
  await context.addInitScript(noteDesktop);
  const boot = async (name) => {
    await stage.control.scenario(SCENARIOS[name]);
    const page = await context.newPage();
    const devtools = await openDevtools(page);
    await page.goto(`${stage.origins.desktop}/`);
    const desktop = await page.waitForFunction(() => window.desktopAt, null, { timeout: 60_000 });
    await page.evaluate((ms) => new Promise((go) => setTimeout(go, ms)), AFTERMATH_MS);
    const busy = await devtools.taskMs();
    const wall = await desktop.jsonValue();
    await page.close();
    return { wall, busy };
  };
  // The first ones fill the cache.
  for (const name of Object.keys(SCENARIOS)) await boot(name);
  const taken = await takeTimes(
    rounds,
    async () => {
      const round = {};
      for (const name of shuffled(Object.keys(SCENARIOS))) round[name] = await boot(name);
      return round;
    },
    60_000,
  );
  await context.close();
  await stage.control.reset();
  return [
    compareStarts('to the desktop', taken, 'wall', 1.02),
    compareStarts('main thread, until a second later', taken, 'busy'),
  ];
}

/** The ratio is the median of the rounds' own. */
function compareStarts(what, rounds, figure, atMost) {
  const medians = Object.keys(SCENARIOS).map((name) =>
    median(rounds.map((it) => it[name][figure])),
  );
  const ratio = median(rounds.map(({ ours, empty }) => ours[figure] / empty[figure]));
  const values = [...medians.map((ms) => rounded(ms)), rounded(ratio, 3)];
  const row = { what, unit: 'ms', values };
  return atMost === undefined ? row : { ...row, limit: { column: 3, atMost } };
}

/** Runs in the page: `window.desktopAt` is when the agent's desktop was there. */
function noteDesktop() {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.Twilio-AgentDesktopView-default')) return;
    observer.disconnect();
    window.desktopAt = performance.now();
  }).observe(document, { childList: true, subtree: true });
}
