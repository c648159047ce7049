// An agent at the genuine Flex UI, in any engine. It is started once; each story finds it without component,
// tasks and other windows.

import assert from 'node:assert/strict';

import { Customer } from './customer.mjs';
import { until } from './until.mjs';
import { Surface } from './surface.mjs';

const HEADER = '.Twilio-TaskCanvasHeader';
const PANEL = '.Twilio-CRMContainer';

export class Agent {
  /** @param browser A driver. @param sandbox A running sandbox. */
  constructor(browser, sandbox) {
    this.browser = browser;
    this.origins = sandbox.origins;
    this.control = sandbox.control;
    this.customers = [];
  }

  /** Loads Flex with this plugin. */
  async boot(plugin) {
    const form = plugin === 'forms' ? { form: 'registered-later' } : {};
    await this.control.reset();
    await this.control.scenario({ plugin, settings: form });
    [this.page] = await this.browser.pages();
    await this.page.open(`${this.origins.desktop}/`);
    await until('Flex to start', () =>
      this.page.evaluate(() => Boolean(document.querySelector('.Twilio-AgentDesktopView-default'))),
    );
    await this.page.evaluate(noteErrors);
  }

  /** Registers the component. */
  async start(scenario = {}) {
    await this.control.scenario({ settings: {}, ...scenario });
    const settings = { asks_flex: true, ...(await this.control.settings()) };
    await this.page.evaluate((given) => window.glanceRegistration.begin(given), settings);
  }

  /** Selects a task in Flex's own list. */
  async select(name) {
    await this.page.bringToFront();
    await until(`the task of ${name} to be selected`, () => this.page.evaluate(selectTask, name));
  }

  get header() {
    return new Surface(this.page, `${HEADER} .flex-glance`);
  }

  get panel() {
    return new Surface(this.page, `${PANEL} .flex-glance`);
  }

  /** The tabs and windows beside Flex that no customer has. */
  async viewers() {
    const others = [this.page, ...this.customers.map(({ page }) => page)];
    const pages = await this.browser.pages();
    return pages.filter((page) => !others.some((other) => other.isSame(page)));
  }

  /** The only viewer beside Flex, as soon as it waits for the visitor of this session key. */
  async waitingViewer(key) {
    let viewer;
    await until(`the viewer of ${key}`, async () => {
      const viewers = await this.viewers();
      if (viewers.length !== 1) return false;
      [viewer] = viewers;
      return viewer.evaluate(waitsFor, key).catch(() => false);
    });
    return viewer;
  }

  /** Waits until the panel's viewer waits for the visitor of this session key. */
  async framedViewer(key) {
    await until(`the viewer of ${key} in the panel`, () => this.inViewer(key, waitsFor, key));
  }

  /** Runs a function in the panel's viewer of this session key. */
  inViewer(key, work, ...given) {
    return this.page.evaluateInFrame([`${PANEL} .flex-glance`], frameOf(key), work, ...given);
  }

  /** How many viewers the panel holds. */
  frames() {
    const host = `${PANEL} .flex-glance`;
    return this.page.evaluate(
      (it) => document.querySelector(it)?.shadowRoot.querySelectorAll('iframe').length ?? 0,
      host,
    );
  }

  /** A customer in the shop, in a window of their own. */
  async customer() {
    const customer = new Customer(await this.browser.newPage(), this.origins.shop);
    this.customers.push(customer);
    return customer;
  }

  /** Invokes a Flex Action as soon as nothing done by hand counts any more; answers how it was rejected. */
  invokeUnasked(name, payload) {
    return this.page.evaluate(
      async (action, given) => {
        while (navigator.userActivation.isActive) await new Promise(requestAnimationFrame);
        const { Actions } = window.Twilio.Flex;
        return Actions.invokeAction(action, given).then(() => '', String);
      },
      name,
      payload,
    );
  }

  /** Leaves Flex as it was found. */
  async clear() {
    for (const page of [...(await this.viewers()), ...this.customers.map((it) => it.page)]) {
      await page.close();
    }
    this.customers = [];
    await this.page.evaluate(() => window.glanceRegistration?.end());
    await this.control.reset();
    await until('the tasks to be gone', () =>
      this.page.evaluate(() => !document.querySelector('.Twilio-TaskListBaseItem')),
    );
    assert.deepEqual(await this.page.evaluate(() => window.notedErrors), []);
  }
}

const frameOf = (key) => `iframe[src*="SessionKey=${key}&"]`;

/** Runs in the page: notes what nothing has caught. */
function noteErrors() {
  window.notedErrors = [];
  window.addEventListener('error', ({ message }) => window.notedErrors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) =>
    window.notedErrors.push(String(reason)),
  );
}

/** Runs in the page: clicks the task, until its name is the header's. */
function selectTask(name) {
  const title = document.querySelector('.Twilio-TaskCanvasHeader h1, .Twilio-TaskCanvasHeader h2');
  const header = document.querySelector('.Twilio-TaskCanvasHeader');
  if (title?.textContent === name || header?.innerText.split('\n').includes(name)) return true;
  const items = Array.from(document.querySelectorAll('.Twilio-TaskListBaseItem'));
  items.find((item) => item.innerText.split('\n').includes(name))?.click();
  return false;
}

/** Runs in a viewer. */
function waitsFor(key) {
  const { innerText } = document.body;
  return innerText.includes('Waiting for the visitor') && innerText.includes(key);
}
