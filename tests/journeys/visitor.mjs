// The other side of a journey: a visitor in the shop, and Glance's viewer without Flex around it.

import { createHmac } from 'node:crypto';

import { test as base, expect, OWN_FLEX } from './fixtures.mjs';

export { expect, OWN_FLEX };

/** The sandbox's customer of Glance, see sandbox/src/common/account.rs. */
export const GROUP = '20541';
export const AGENT = 'maria_40example_2Ecom';
const API_KEY = 'sandbox-glance-api-key';

/** Flex WebChat takes longer to start than all else on a page: a visitor has it who opens a page with it. */
const WEBCHAT = '**/flex-webchat.js';

/** What Flex WebChat says for each question to Twilio that was open when it closed its connection. */
const CHAT_CLOSED = "Can't add command: Unable to connect: Connection is not initialized";

export const test = base.extend({
  /** A visitor in a browser of their own. */
  visitor: async ({ sandbox, browser }, use) => {
    await sandbox.control.reset();
    const context = await browser.newContext({ viewport: { width: 900, height: 600 } });
    const strangers = watchStrangers(context);
    await context.route(WEBCHAT, (route) => route.fulfill({ contentType: 'text/javascript' }));
    const page = await context.newPage();
    const visitor = new Visitor(sandbox.origins, page);
    await use(visitor);
    await context.close();
    expect(visitor.errors, 'errors on the visitor’s page').toEqual([]);
    expect(strangers, 'requests that left the machine').toEqual([]);
  },

  /** Opens Glance's viewer in a browser that no visitor uses: `await watch(key)`. */
  watch: async ({ sandbox, browser }, use) => {
    const contexts = [];
    const strangers = [];
    await use(async (key, parameters) => {
      const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
      contexts.push(context);
      strangers.push(watchStrangers(context));
      const page = await context.newPage();
      await page.goto(viewerUrl(sandbox.origins, key, parameters));
      return new Viewer(page);
    });
    for (const context of contexts) await context.close();
    expect(strangers.flat(), 'requests that left the machine').toEqual([]);
  },
});

/** Collects the addresses of requests to other machines. */
export function watchStrangers(context) {
  const strangers = [];
  const note = (address) => {
    const { protocol, hostname } = new URL(address);
    const isLocal = hostname === '127.0.0.1' || hostname.endsWith('.localhost');
    if (!isLocal && !['data:', 'blob:', 'about:'].includes(protocol)) strangers.push(address);
  };
  context.on('request', (request) => note(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => note(socket.url())));
  return strangers;
}

/** `seconds` from now, as a login key counts. */
export function inSeconds(seconds) {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** A login key as Glance documents it. */
export function sign({ expiry = inSeconds(600), user = AGENT, group = GROUP, secret = API_KEY }) {
  const signature = createHmac('sha256', secret).update(`${group}${user}1${expiry}`);
  return `$1$${expiry}$${signature.digest('base64url')}`;
}

/** The documented address; `parameters` replace the usual ones, null leaves one out. */
export function viewerUrl(origins, key, parameters = {}) {
  const usual = {
    SessionKey: key,
    Wait: '1',
    partnerid: GROUP,
    partneruserid: AGENT,
    loginkey: sign({}),
  };
  const given = Object.entries({ ...usual, ...parameters }).filter(([, value]) => value !== null);
  return `${origins.glance}/agentjoin/AgentView.aspx?${new URLSearchParams(given)}`;
}

/** Glance's viewer: in a page of its own, or in a frame in Flex. */
export class Viewer {
  /** @param root a page or a frame locator */
  constructor(root) {
    this.root = root;
  }

  /** The visitor's page as the agent sees it. */
  get mirrored() {
    return this.root.getByTitle('The visitor’s page').contentFrame();
  }

  get title() {
    return this.mirrored.getByRole('heading', { level: 1 });
  }

  get cursor() {
    return this.root.locator('.replayer-mouse');
  }

  notice(text) {
    return this.root.getByRole('heading', { name: text });
  }

  button(name) {
    return this.root.getByRole('button', { name });
  }

  get waits() {
    return this.notice('Waiting for the visitor');
  }

  get ended() {
    return this.notice('Session ended');
  }
}

/** A visitor in the shop. */
export class Visitor {
  constructor(origins, page) {
    this.origins = origins;
    this.page = page;
    /** Everything that the page has sent to Glance. */
    this.sent = [];
    this.errors = [];
    page.on('pageerror', (error) => {
      // One chat follows another, and Flex WebChat catches none of these.
      if (error.message !== CHAT_CLOSED) this.errors.push(String(error));
    });
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== new URL(origins.glance).host) return;
      socket.on('framesent', ({ payload }) => this.sent.push(String(payload)));
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(origins.glance)) return;
      this.sent.push(`${request.url()} ${request.postData() ?? ''}`);
    });
  }

  /** Opens a page of the shop; without the chat, unless one had it before. */
  async open(path) {
    await this.page.goto(`${this.origins.shop}${path}`);
  }

  /** Opens a page of the shop with the chat on it, as on those that come after. */
  async openWithChat(path) {
    await this.page.context().unroute(WEBCHAT);
    this.hasChat = true;
    await this.open(path);
  }

  get help() {
    return this.page.getByRole('complementary', { name: 'Help' });
  }

  /** What Glance shows while the page is shared. */
  get bar() {
    return this.page.getByRole('region', { name: 'Glance session' });
  }

  get endButton() {
    return this.bar.getByRole('button', { name: 'End session' });
  }

  /** The genuine Flex WebChat. */
  get chat() {
    if (!this.hasChat) throw new Error('There is no chat: open the page by openWithChat.');
    return this.page.locator('#twilio-customer-frame');
  }

  /** Its round button, which opens and closes it. */
  get chatButton() {
    return this.chat.getByRole('button', { name: /(open|minimize|close).* Web Chat/i }).last();
  }

  /** Opens the chat, gives a name and writes; answers the chat's SID, its Glance session key. */
  async startChat(name, message = 'Hello') {
    await this.chatButton.click();
    await this.introduce(name);
    await this.write(message);
    // Flex WebChat notes the chat for the next page a moment later.
    const noted = await this.page.waitForFunction(() => {
      const { session } = JSON.parse(localStorage.getItem('twilio-flex-cf') ?? '{}').flex ?? {};
      return session?.engagementStage === 'CF_IN_ENGAGEMENT' && session.channelSid;
    });
    return noted.jsonValue();
  }

  /** Fills in the form before a chat, whose label is not the field's own. */
  async introduce(name) {
    await this.chat.getByRole('textbox').and(this.page.locator('[name="friendlyName"]')).fill(name);
    await this.chat.getByRole('button', { name: 'Start chat' }).click();
  }

  get chatInput() {
    return this.chat.getByPlaceholder('Type message');
  }

  /** Writes in the chat. */
  async write(message) {
    await this.chatInput.fill(message);
    await this.chatInput.press('Enter');
    await expect(this.chat.getByText(message, { exact: true })).toBeVisible();
  }

  /** Opens the help corner, if it is closed, and asks for a call. */
  async call(name) {
    await this.openHelp();
    await this.help.getByLabel('Your name').fill(name);
    await this.help.getByRole('button', { name: 'Call us' }).click();
  }

  async openHelp() {
    const panel = this.help.locator('details');
    if ((await panel.getAttribute('open')) === null) await this.help.getByText('Help').click();
  }

  /** Presses "Share this page" and answers the terms: `Accept` or `Decline`. */
  async share(answer) {
    await this.openHelp();
    await this.help.getByRole('button', { name: 'Share this page' }).click();
    await this.terms.getByRole('button', { name: answer }).click();
  }

  get terms() {
    return this.page.getByRole('dialog', { name: 'Share this page with our agent?' });
  }

  /** Shares the page by the site's own call. */
  async startSession(key) {
    await this.page.evaluate((it) => window.GLANCE.Cobrowse.Visitor.startSession(it), key);
    await expect(this.endButton).toBeVisible();
  }

  /** The default session key: the visitor ID that the shop gives to Glance. */
  visitorId() {
    return this.page.evaluate(() => window.GLANCE_COBROWSE.visitorid);
  }
}
