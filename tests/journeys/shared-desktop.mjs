// Flex that keeps running from one journey to the next: starting it takes longer than most journeys. The
// plugin stays, too; each journey registers the component with its own settings, and takes it back.

import { expect } from '@playwright/test';

import { olderFlex, startSandbox } from './sandbox.mjs';
import { Surface } from './surface.mjs';

/** Switches of the scenario that count from the next load of Flex or of Glance's script. */
const NEEDS_A_START = [
  'agent_method',
  'agent_role',
  'desktop_coop',
  'flex_config',
  'glance',
  'plugin',
  'presence_script',
];

/** What a browser has that is opened without saying so. */
const VIEWPORT = { width: 1280, height: 720 };

/** One for each worker, with a sandbox of its own, so that it hears of no other journey's tasks. */
export class SharedDesktop {
  /** @param launch Opens a browser and answers its context. */
  constructor(launch) {
    this.launch = launch;
  }

  /** The sandbox, which starts if it does not run. */
  async sandbox() {
    this.running ??= await startSandbox();
    return this.running;
  }

  /** The browser, which starts if it does not run. */
  async context() {
    this.opened ??= await this.launch();
    return this.opened;
  }

  /** Registers the component in Flex, which starts first if it does not run. */
  async register(scenario) {
    const late = NEEDS_A_START.filter((name) => name in scenario);
    if (late.length > 0)
      throw new Error(`OWN_FLEX is missing: a Flex that runs does not heed ${late}.`);
    const { control, origins } = await this.sandbox();
    const [page] = this.opened.pages();
    if (!this.isStarted) {
      await control.scenario({ plugin: 'forms', settings: { form: 'registered-later' } });
      await page.goto(`${origins.desktop}/`);
      await expect(page.locator('.Twilio-AgentDesktopView-default')).toBeVisible({
        timeout: 45_000,
      });
      if (olderFlex) expect(await page.evaluate(() => window.Twilio.Flex.VERSION)).toBe(olderFlex);
      this.isStarted = true;
    }
    await control.scenario({ settings: {}, ...scenario });
    const settings = { with_doctor: true, asks_flex: true, ...(await control.settings()) };
    await page.evaluate((given) => window.glanceRegistration.begin(given), settings);
    return page;
  }

  /** Leaves Flex as it was found, without component, tasks, messages and other windows. */
  async clear() {
    if (!this.isStarted) return;
    const [page, ...others] = this.opened.pages();
    page.removeAllListeners();
    await page.unrouteAll();
    // Glance remembers who has signed in by hand.
    const { hostname } = new URL(this.running.origins.glance);
    await this.opened.clearCookies({ domain: hostname });
    const isSame = await page.evaluate(() => {
      window.glanceRegistration?.end();
      return Boolean(window.glanceRegistration);
    });
    expect(isSame, 'OWN_FLEX is missing unless Flex is the one that was started').toBe(true);
    await this.running.control.reset();
    await Promise.all(others.map((other) => other.close()));
    await expect(page.locator('.Twilio-TaskListBaseItem')).toHaveCount(0);
    await expect(new Surface(page).root).toHaveCount(0);
    await page.emulateMedia({ forcedColors: null, reducedMotion: null });
    await page.setViewportSize(VIEWPORT);
    const hasOwnClock = await page.evaluate(() => !String(setTimeout).includes('native code'));
    expect(hasOwnClock, 'OWN_FLEX is missing: the journey put in a clock').toBe(false);
    await page.evaluate(() => {
      const { Notifications } = window.Twilio.Flex;
      const left = Array.from(Notifications.activeNotifications);
      left.forEach((notification) => Notifications.dismissNotification(notification));
    });
  }

  async close() {
    await this.opened?.close();
    await this.running?.stop();
  }
}
