// The start of the genuine Flex UI, with the plugin and without any. Both in the same browser profile, in
// turns, so that Flex itself comes out of the cache.

import { NO_PLUGIN, openDevtools, ratioRow } from '../desktop.mjs';
import { shuffled, takeTimes } from '../rounds.mjs';

const SCENARIOS = { plugin: { plugin: 'example', settings: {} }, none: NO_PLUGIN };

/** What the plugin does beside Flex has been done so long after the desktop is there. */
const AFTERMATH_MS = 1_000;

export const title = 'Start of the Flex UI, with the plugin and without';

export const columns = ['with', 'without', 'ratio'];

export async function measure(stage, { rounds }) {
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
    35_000,
  );
  await context.close();
  await stage.control.reset();
  const each = (figure) =>
    taken.map(({ plugin, none }) => ({ plugin: plugin[figure], none: none[figure] }));
  return [
    ratioRow('to the desktop', 'ms', each('wall'), 1.02),
    ratioRow('main thread, until a second later', 'ms', each('busy')),
  ];
}

/** Runs in the page: `window.desktopAt` is when the agent's desktop was there. */
function noteDesktop() {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.Twilio-AgentDesktopView-default')) return;
    observer.disconnect();
    window.desktopAt = performance.now();
  }).observe(document, { childList: true, subtree: true });
}
