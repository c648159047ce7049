// What every journey starts from: a sandbox for each worker, and an agent at the genuine Flex UI.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { test as base, expect } from '@playwright/test';

import { startSandbox } from './sandbox.mjs';
import { SharedDesktop } from './shared-desktop.mjs';
import { Doctor, Notification, Surface } from './surface.mjs';

export { expect };

/**
 * For a journey that changes Flex itself (its clock, configuration, plugin, scripts of the page) or loads it
 * anew: `test(name, OWN_FLEX, …)`. All others run in the Flex that their worker keeps running.
 */
export const OWN_FLEX = { tag: '@own-flex' };

const hasOwnFlex = ({ tags }) => tags.includes(OWN_FLEX.tag);

export const test = base.extend({
  sharedDesktop: [
    async ({ playwright, launchOptions }, use) => {
      // Without the worker's cache, which serves one browser at a time.
      const desktop = new SharedDesktop(() => launch(playwright, launchOptions));
      await use(desktop);
      await desktop.close();
    },
    { scope: 'worker' },
  ],

  ownSandbox: [
    async ({}, use) => {
      const sandbox = await startSandbox();
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker' },
  ],

  sandbox: async ({ sharedDesktop, ownSandbox }, use, testInfo) => {
    await use(hasOwnFlex(testInfo) ? ownSandbox : await sharedDesktop.sandbox());
  },

  /** Files and compiled scripts that the worker's browsers have in common. */
  browserCache: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'flex-glance-cache-'));
      await use(folder);
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],

  /**
   * A browser of its own for each test, with a new profile. Compiling Flex takes seconds, and a browser
   * keeps compiled scripts only with a profile that is not incognito, as `browser.newContext` is.
   */
  context: async ({ playwright, launchOptions, browserCache }, use) => {
    const context = await launch(playwright, launchOptions, browserCache);
    await use(context);
    await context.close();
  },

  /** The one that the browser starts with. */
  page: async ({ context }, use) => use(context.pages()[0]),

  /** An agent with no task and everything in order. */
  agent: async (
    { sharedDesktop, sandbox, playwright, launchOptions, browserCache },
    use,
    testInfo,
  ) => {
    const isOwn = hasOwnFlex(testInfo);
    const context = isOwn
      ? await launch(playwright, launchOptions, browserCache)
      : await sharedDesktop.context();
    await sandbox.control.reset();
    const strangers = [];
    const note = (request) => {
      if (!isLoopback(request.url())) strangers.push(request.url());
    };
    context.on('request', note);
    await use(new Agent(sandbox, context, isOwn ? undefined : sharedDesktop));
    context.off('request', note);
    if (isOwn) await context.close();
    expect(strangers, 'requests that left the machine').toEqual([]);
    if (!isOwn && testInfo.status === testInfo.expectedStatus) await sharedDesktop.clear();
  },
});

/** Opens a browser, which finds in its cache the scripts compiled that another one has loaded. */
function launch(playwright, launchOptions, cache) {
  const args = cache ? [...launchOptions.args, `--disk-cache-dir=${cache}`] : launchOptions.args;
  return playwright.chromium.launchPersistentContext('', { ...launchOptions, args });
}

function isLoopback(url) {
  const { protocol, hostname } = new URL(url);
  if (['data:', 'blob:', 'about:'].includes(protocol)) return true;
  return hostname === '127.0.0.1' || hostname.endsWith('.localhost');
}

/** An agent at their desktop. */
export class Agent {
  /** What the component speaks: a journey says so that makes it another one. */
  language = 'en';

  constructor(sandbox, context, sharedDesktop) {
    this.sharedDesktop = sharedDesktop;
    this.origins = sandbox.origins;
    this.control = sandbox.control;
    this.context = context;
  }

  /** Opens the desktop; `scenario` is set before it starts. */
  async start(scenario = {}) {
    this.errors = [];
    if (this.sharedDesktop) {
      this.page = await this.sharedDesktop.register(scenario);
      this.page.on('pageerror', (error) => this.errors.push(String(error)));
      return this;
    }
    await this.control.scenario({ settings: {}, ...scenario });
    // A browser of its own starts with a page, a context of another does not.
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.page.on('pageerror', (error) => this.errors.push(String(error)));
    await this.page.goto(`${this.origins.desktop}/`);
    await expect(this.page.locator('.Twilio-AgentDesktopView-default')).toBeVisible({
      timeout: 45_000,
    });
    return this;
  }

  /** Selects a task in Flex's own list, which may lose a click while it is still starting. */
  async select(name) {
    const task = this.page.locator('.Twilio-TaskListBaseItem, .Twilio-TaskList-default');
    const title = this.page
      .locator('.Twilio-TaskCanvasHeader')
      .getByRole('heading', { name, exact: true });
    await expect(async () => {
      await task.getByText(name, { exact: true }).first().click();
      await expect(title).toBeVisible({ timeout: 3_000 });
    }).toPass();
  }

  get header() {
    return new Surface(this.page.locator('.Twilio-TaskCanvasHeader'), this.language);
  }

  get panel() {
    return new Surface(this.page.locator('.Twilio-CRMContainer'), this.language);
  }

  get notification() {
    return new Notification(this.page);
  }

  get doctor() {
    return new Doctor(this.page);
  }

  /** The header's main button. */
  get button() {
    return this.header.main;
  }

  /** The viewer's frame in the panel, by session key. */
  viewerFrame(key) {
    return this.page.frameLocator(`iframe[src*="SessionKey=${encodeURIComponent(key)}"]`);
  }
}
