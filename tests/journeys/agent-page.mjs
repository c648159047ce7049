// An agent's bare page on the desktop's origin, with Glance's script of Presence and without Flex.

import { AGENT, expect, GROUP, sign, test as base, watchStrangers } from './visitor.mjs';

export const ID = 'ann-1';

export const SHOW_TERMS = 'GLANCE.Cobrowse.Visitor.showTerms';

export const test = base.extend({
  /** An agent's page with the Presence Agent script. */
  agentPage: async ({ sandbox, browser }, use) => {
    await sandbox.control.reset();
    const context = await browser.newContext();
    const strangers = watchStrangers(context);
    await use(new AgentPage(await context.newPage(), sandbox.origins));
    await context.close();
    expect(strangers, 'requests that left the machine').toEqual([]);
  },
});

class AgentPage {
  constructor(page, origins) {
    this.page = page;
    this.origins = origins;
  }

  /** Loads the script in a page of the desktop's origin, or of another one. */
  async open({ origin = this.origins.desktop, attributes } = {}) {
    const file = origin === this.origins.desktop ? 'desktop.css' : 'assets/shop.css';
    await this.page.goto(`${origin}/${file}`);
    const element = { id: 'glance-cobrowse', 'data-groupid': GROUP, ...attributes };
    return addScript(this.page, this.origins, 'PresenceAgent', element);
  }

  /** Answers `null`, or the reason for the refusal. */
  authorize({ key, ...changes } = {}) {
    const credentials = { partnerid: GROUP, partneruserid: AGENT, loginkey: sign(key ?? {}) };
    const usual = { service: 'presence', groupid: GROUP, duration: 60, credentials };
    return this.page.evaluate(
      (parameters) =>
        new Promise((resolve) => {
          window.GLANCE.Authorization.authorize({
            ...parameters,
            onsuccess: () => resolve(null),
            onfail: resolve,
          });
        }),
      { ...usual, ...changes, webserver: new URL(this.origins.glance).host },
    );
  }

  /** Makes the Agent object of one visitor; it notes everything that it hears. */
  async follow(visitorid = ID, groupid = undefined) {
    await this.page.evaluate(
      (parameters) => {
        const agent = new window.GLANCE.Presence.Agent(parameters);
        const names = ['visitorconn', 'presence', 'terms', 'visitorsessionstart'];
        names.push('visitorsessionend', 'visitorerror', 'error');
        window.heard = [];
        for (const name of names) {
          agent[`on${name}`] = (event) => window.heard.push([name, event ?? {}]);
        }
        window.agent = agent;
      },
      { presenceserver: this.origins.glance, visitorid, groupid },
    );
  }

  /** Authorizes, follows the visitor and connects. */
  async watch(visitorid = ID) {
    expect(await this.authorize()).toBeNull();
    await this.follow(visitorid);
    await this.connect();
  }

  async connect() {
    await this.page.evaluate(() => window.agent.connect());
    // A call waits for the connection.
    await this.ask('lookupVisitor');
  }

  /** Answers `{ ok }` or `{ failed }` of a method with `onsuccess` and `onfail`. */
  ask(method, parameters = {}) {
    return this.page.evaluate(
      ([method, parameters]) =>
        new Promise((resolve) => {
          window.agent[method]({
            ...parameters,
            onsuccess: (ok = {}) => resolve({ ok }),
            onfail: (failed) => resolve({ failed }),
          });
        }),
      [method, parameters],
    );
  }

  showTerms(args = { sessionKey: ID }) {
    return this.ask('invokeVisitor', { func: SHOW_TERMS, args });
  }

  /** The names of everything heard so far, with what is short enough to be told. */
  async heard() {
    const events = await this.page.evaluate(() => window.heard);
    return events.map(([name, { connected, status, code }]) =>
      [name, connected ?? status ?? code].filter((it) => it !== undefined).join(' '),
    );
  }

  async presenceHeard() {
    const events = await this.page.evaluate(() => window.heard);
    return events.filter(([name]) => name === 'presence').map(([, data]) => data);
  }
}

/** Adds one of Glance's scripts to a page; answers whether it was `loaded` or has `failed`. */
export function addScript(page, origins, script, attributes) {
  const query = { groupid: GROUP, site: 'production', ...(script && { script }) };
  const src = `${origins.glance}/cobrowse/CobrowseJS.ashx?${new URLSearchParams(query)}`;
  return page.evaluate(
    (attributes) =>
      new Promise((resolve) => {
        const element = document.createElement('script');
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('failed');
        document.head.append(element);
      }),
    { ...attributes, src },
  );
}

/** Lets a page of the shop be present and reachable. */
export async function connect(page, visitorid = ID) {
  await page.evaluate((visitorid) => {
    const visitor = new window.GLANCE.Presence.Visitor({ visitorid });
    window.signals = [];
    window.ended = [];
    visitor.onsignal = (data) => window.signals.push(data);
    visitor.onerror = ({ code }) => window.ended.push(code);
    visitor.onclose = () => window.ended.push('closed');
    window.presence = visitor;
    return new Promise((onsuccess) => {
      visitor.connect();
      visitor.presence({ data: { basket: 2 }, onsuccess });
    });
  }, visitorid);
}
