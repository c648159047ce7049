// A shop's page with the genuine chat clients of Twilio, our script as it ships, and a Glance script
// that takes notes. The page is made up by the browser driver, so nothing leaves the browser.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { test as base, expect } from '@playwright/test';

import { WEBCHAT, WEBCHAT_APP_CLIENT } from '../../scripts/webchat.mjs';
import { Twilio } from './twilio/index.mjs';

export { expect };

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const FILES = {
  '/webchat.js': WEBCHAT,
  '/conversations.js':
    'sandbox/node_modules/@twilio/conversations/builds/twilio-conversations.min.js',
  '/webchat-app-conversations.js': WEBCHAT_APP_CLIENT,
  '/visitor.js': 'dist/visitor.min.js',
  '/visitor.mjs': 'dist/visitor.mjs',
  '/glance.js': 'tests/visitor/glance.js',
};

const GLANCE_TAG = '<script id="glance-cobrowse" data-groupid="20541" src="/glance.js"></script>';

const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<h1>Shop</h1>
<script src="/webchat.js"></script>
<script src="/conversations.js"></script>
<script src="/visitor.js"></script>`;

export const test = base.extend({
  twilio: [
    async ({ context }, use) => {
      const twilio = new Twilio();
      await twilio.serve(context);
      await use(twilio);
      expect(twilio.unknown, 'calls to Twilio that nothing answered').toEqual([]);
    },
    { auto: true },
  ],

  shop: async ({ page, context }, use) => {
    const shop = new Shop(page);
    await shop.serve(context);
    await use(shop);
  },
});

for (const file of Object.values(FILES)) {
  if (!existsSync(path.join(root, file))) throw new Error(`${file} is missing: run npm test`);
}

/** A customer in the shop. */
class Shop {
  #html = PAGE + GLANCE_TAG;
  #headers = {};

  constructor(page) {
    this.page = page;
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  /** Takes the place of the shop's server for the pages of a browser context. */
  async serve(context) {
    await context.route(/^http:\/\/(help\.)?shop\.localhost\//, (route) => {
      const file = FILES[new URL(route.request().url()).pathname];
      if (!file) {
        const headers = { 'content-type': 'text/html', ...this.#headers };
        return route.fulfill({ headers, body: this.#html });
      }
      const body = readFileSync(path.join(root, file), 'utf8');
      return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body });
    });
  }

  /**
   * Opens a page. `glance: false` leaves Glance's script out; a `sandboxed` page has neither storage
   * nor cookies. `html` comes last on the page, `path` after the shop's origin.
   */
  async open({ glance = true, sandboxed = false, html = '', path: address = '/' } = {}) {
    this.#html = (glance ? PAGE + GLANCE_TAG : PAGE) + html;
    this.#headers = sandboxed ? { 'content-security-policy': 'sandbox allow-scripts' } : {};
    // Another fragment alone would load nothing.
    await this.page.goto('about:blank');
    await this.page.goto(`http://shop.localhost${address}`);
  }

  /** Brings Glance's script to a page that was opened without it. */
  addGlance() {
    return this.page.evaluate(() => {
      const script = document.createElement('script');
      script.id = 'glance-cobrowse';
      script.dataset.groupid = '20541';
      script.src = '/glance.js';
      document.head.append(script);
    });
  }

  /** Starts Flex WebChat with our listener, as `docs/site.md` says. */
  startWebchat(options = {}) {
    return this.page.evaluate(async (given) => {
      window.problems = [];
      window.webchat = await Twilio.FlexWebChat.createWebChat({
        accountSid: `AC${'0'.repeat(32)}`,
        flexFlowSid: `FO${'0'.repeat(32)}`,
      });
      if (window.beforeConnect) window.beforeConnect();
      window.connection = FlexGlanceVisitor.connectWebchat(window.webchat, {
        onerror: ({ code, message }) => window.problems.push({ code, message }),
        ...given,
      });
      window.webchat.init();
    }, options);
  }

  get input() {
    return this.page.locator('.Twilio-MessageInput textarea');
  }

  async openChat() {
    await this.page.locator('.Twilio-EntryPoint').click();
    await expect(this.input).toBeVisible();
  }

  async write(text) {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** The bubble of a message that the server has. */
  message(text) {
    return this.page.locator('.Twilio-MessageBubble-Body', { hasText: text });
  }

  /** The SID of the chat's channel, once the chat is there. */
  async channelSid() {
    const session = () => {
      const { channelSid, engagementStage } = window.webchat.manager.store.getState().flex.session;
      return engagementStage === 'CF_IN_ENGAGEMENT' ? channelSid : null;
    };
    await expect.poll(() => this.page.evaluate(session)).toBeTruthy();
    return this.page.evaluate(session);
  }

  /** The IDs of all visitors that were ever made on this page. */
  made() {
    return this.page.evaluate(() => (window.visitors || []).map((it) => it.parameters.visitorid));
  }

  /** The IDs of those who are connected. */
  present() {
    return this.page.evaluate(() =>
      (window.visitors || []).filter((it) => it.connected).map((it) => it.parameters.visitorid),
    );
  }

  /** What our script has told `onerror`. */
  reported() {
    return this.page.evaluate(() => window.problems);
  }

  async expectPresent(...ids) {
    await expect.poll(() => this.present()).toEqual(ids);
  }
}
