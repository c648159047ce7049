// `<flex-glance>` on a desktop of one's own: no React, no Flex, and presence.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Surface } from './surface.mjs';
import { anyOf, text } from './texts.mjs';
import { AGENT, expect, GROUP, test as base, Viewer } from './visitor.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const ELEMENT = readFileSync(path.join(root, 'dist', 'element.mjs'), 'utf8');

/** Without the page until the visitor's browser tells it again. */
const HERE = anyOf(['visitor_here', 'visitor_here_at']);

/** The journeys of a sandbox: in each its visitors have IDs of their own, as sessions outlast it. */
let journeys = 0;

const test = base.extend({
  /** A page with one element, on the origin that Glance and the Function trust. */
  desk: async ({ sandbox, context }, use) => {
    await sandbox.control.reset();
    const desk = new Desk(await context.newPage(), sandbox);
    await use(desk);
    expect(desk.errors, 'errors on the page').toEqual([]);
  },
});

class Desk {
  /** The visitors' IDs; Ann's is that of the task which is shown first. */
  ann = `ann-${(journeys += 1)}`;
  bob = `bob-${journeys}`;

  constructor(page, { origins, control }) {
    this.page = page;
    this.origins = origins;
    this.control = control;
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  /** Shows Ann's task; `attributes` are laid over those that the element has. */
  async open(attributes = {}) {
    this.openedBefore = (await this.control.presence()).agents.opened;
    const { desktop, glance, function: functions } = this.origins;
    await this.page.route('**/element.mjs', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: ELEMENT }),
    );
    // A page of the origin that Glance and the Function trust, without Flex.
    await this.page.goto(`${desktop}/desktop.css`);
    const usual = {
      groupid: GROUP,
      authurl: `${functions}/getloginkey`,
      glancebaseurl: 'production',
      puid: AGENT,
      presence: '',
    };
    const hosts = { web: glance, cdn: glance, presence: glance, authorization: glance };
    await this.page.evaluate(
      async ([texts, properties]) => {
        document.body.innerHTML = '<main></main><aside></aside>';
        for (const place of document.body.children) {
          place.style.cssText = 'position: relative; height: 300px';
        }
        const { defineFlexGlance, setTasks } = await import('/element.mjs');
        defineFlexGlance();
        const element = document.createElement('flex-glance');
        for (const name of Object.keys(texts)) element.setAttribute(name, texts[name]);
        const told = [];
        const tell = (name) => (event) => told.push([name, event]);
        Object.assign(element, properties, {
          authtoken: () => 'iam-test-agent',
          onsessionstart: tell('start'),
          onsessionend: tell('end'),
        });
        Object.assign(window, { element, setTasks, told });
        document.querySelector('main').append(element);
      },
      [
        { ...usual, ...attributes },
        { hosts, task: taskOf('T1', this.ann) },
      ],
    );
  }

  /** Sets properties of the element. */
  set(properties) {
    return this.page.evaluate(
      (given) => Object.assign(window.element, given) && undefined,
      properties,
    );
  }

  /** The connections to Glance's presence, of now and since the page was opened. */
  async connections() {
    const { agents } = await this.control.presence();
    return { open: agents.open, opened: agents.opened - this.openedBefore };
  }

  /** What the page holds, rubbish aside. */
  async counters() {
    const session = await this.page.context().newCDPSession(this.page);
    for (let i = 0; i < 3; i += 1) await session.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    const { result } = await session.send('Runtime.evaluate', {
      expression: "customElements.get('flex-glance').prototype",
    });
    const { objects } = await session.send('Runtime.queryObjects', {
      prototypeObjectId: result.objectId,
    });
    const { result: properties } = await session.send('Runtime.getProperties', {
      objectId: objects.objectId,
      ownProperties: true,
    });
    const elements = properties.filter(({ name }) => /^\d+$/.test(name)).length;
    await session.detach();
    return { nodes, listeners: jsEventListeners, elements };
  }

  get component() {
    return new Surface(this.page);
  }

  get status() {
    return this.component.status;
  }

  get button() {
    return this.component.main;
  }

  viewer(key) {
    return new Viewer(this.page.frameLocator(`iframe[src*="SessionKey=${key}"]`));
  }
}

function taskOf(sid, visitorId) {
  return { sid, attributes: { glance_visitor_id: visitorId } };
}

/** Opens the shop as the visitor of this ID. */
async function arrive(visitor, id) {
  await visitor.open('/');
  await visitor.page.evaluate((it) => window.FlexGlanceVisitor.connectVisitor(it), id);
}

test.describe('On a desktop without React and Flex', () => {
  test('the visitor is seen to come, is asked with one click, accepts, and ends', async ({
    desk,
    visitor,
  }) => {
    await desk.open();
    await expect(desk.status).toHaveText(text('visitor_away'));
    await arrive(visitor, desk.ann);
    await expect(desk.status).toHaveText(HERE);

    await desk.button.click();
    await expect(desk.status).toHaveText(text('visitor_asked'));
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(desk.viewer(desk.ann).title).toHaveText('Tea, simply.');
    await expect(desk.status).toHaveText(text('in_session'));

    await visitor.endButton.click();
    await expect(desk.status).toHaveText(text('session_over'));
    await expect(desk.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
    const told = await desk.page.evaluate(() => window.told);
    expect(told).toEqual([
      ['start', { sid: 'T1' }],
      ['end', { sid: 'T1', duration: expect.any(Number), reason: 'ended' }],
    ]);
  });

  test('the visitor of the task that is shown is followed, and no other', async ({
    desk,
    visitor,
  }) => {
    await desk.open();
    await arrive(visitor, desk.bob);
    await expect(desk.status).toHaveText(text('visitor_away'));
    await desk.set({ task: taskOf('T2', desk.bob) });
    await expect(desk.status).toHaveText(HERE);
    await expect.poll(() => desk.connections()).toEqual({ open: 1, opened: 2 });
    await desk.set({ task: undefined });
    await expect.poll(() => desk.connections()).toEqual({ open: 0, opened: 2 });
  });

  test('what is set while it runs counts at once, and moving it breaks nothing', async ({
    desk,
    visitor,
  }) => {
    await desk.open({ presence: 'false' });
    await arrive(visitor, desk.ann);
    await expect(desk.button).toBeVisible();
    await expect(desk.status).toHaveText('');
    await desk.page.evaluate(() => window.element.setAttribute('presence', ''));
    await expect(desk.status).toHaveText(HERE);
    await desk.set({ strings: { cobrowse: 'Share screen' } });
    await desk.page.evaluate(() => document.querySelector('aside').append(window.element));
    const button = desk.component.root.getByRole('button', { name: 'Share screen', exact: true });
    await expect(button).toHaveCount(1);
    await expect(desk.status).toHaveText(HERE);
    expect(await desk.connections()).toEqual({ open: 1, opened: 1 });

    await button.click();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(desk.viewer(desk.ann).title).toHaveText('Tea, simply.');
    await desk.page.evaluate(() => document.querySelector('main').append(window.element));
    await expect(desk.viewer(desk.ann).title).toHaveText('Tea, simply.');
    await expect(desk.status).toHaveText(text('in_session'));
    expect(await desk.connections()).toEqual({ open: 1, opened: 1 });
  });

  test('a session outlasts the element, and then nothing is left of it', async ({
    desk,
    visitor,
  }) => {
    await desk.open();
    await arrive(visitor, desk.ann);
    await expect(desk.status).toHaveText(HERE);
    await desk.button.click();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(desk.status).toHaveText(text('in_session'));
    await desk.page.evaluate(() => window.element.remove());
    await visitor.endButton.click();
    await expect.poll(() => desk.page.evaluate(() => window.told.length)).toBe(2);
    await expect.poll(() => desk.connections()).toEqual({ open: 0, opened: 1 });
  });

  test('an element that is taken away leaves no listener, no node and no connection', async ({
    desk,
  }) => {
    await desk.open();
    const turn = (times) => desk.page.evaluate(comeAndGo, [times, text('visitor_away')]);
    await expect(desk.status).toHaveText(text('visitor_away'));
    await turn(10);
    const before = await desk.counters();
    await turn(30);
    await desk.page.evaluate(() => delete window.element);
    const after = await desk.counters();
    expect(after.elements, 'elements that are still held').toBe(0);
    expect(after.nodes - before.nodes).toBeLessThan(10);
    expect(after.listeners - before.listeners).toBeLessThan(10);
    // A moment later: an element that is moved keeps its connection.
    await expect.poll(async () => (await desk.connections()).open).toBe(0);
  });
});

/** Puts fresh elements on the page, waits until they tell of the visitor, and takes them away. */
async function comeAndGo([times, away]) {
  const { attributes, hosts, task } = window.element;
  const texts = Array.from(attributes, ({ name, value }) => [name, value]);
  const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
  window.element.remove();
  for (let i = 0; i < times; i += 1) {
    const element = document.createElement('flex-glance');
    for (const [name, value] of texts) element.setAttribute(name, value);
    Object.assign(element, { hosts, task, authtoken: 'iam-test-agent' });
    document.querySelector('main').append(element);
    const status = () => element.shadowRoot.querySelector('[role="status"]');
    while (!status() || !status().textContent.includes(away)) await next();
    element.remove();
    window.element = element;
  }
}
