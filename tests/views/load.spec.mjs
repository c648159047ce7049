// Fifty tasks at once, each with its own component, on a desktop with a store as Flex has. What counts is how
// often WebAssembly is entered, and which components the page's DOM shows anew.

import { bundled, expect, PROPS, test as base } from './fixtures.mjs';

/** Flex gives the task. */
const REGISTERED = { ...PROPS, task: undefined };

const test = base.extend({
  bundle: bundled(`
    import * as React from 'react';
    import * as ReactDOM from 'react-dom';
    import { registerTaskCanvasHeader } from './dist/index.mjs';
    Object.assign(window, { React, ReactDOM, registerTaskCanvasHeader });
  `),

  /** Fifty headers that are drawn; each of them is watched. */
  fifty: async ({ bare }, use) => {
    await bare.page.evaluate(showFifty, REGISTERED);
    await expect(bare.page.getByRole('button', { name: 'Cobrowse', exact: true })).toHaveCount(50);
    await bare.page.evaluate(() => window.desk.watch());
    await use(bare.page);
  },
});

const NONE = { entries: 0, redrawn: {} };

test.describe('Fifty tasks', () => {
  test('an attribute that the component does not read changes: nobody enters, nothing is redrawn', async ({
    fifty,
  }) => {
    const done = await fifty.evaluate(() => window.desk.change(7, { orderTotal: 12 }));
    expect(done).toEqual(NONE);
  });

  test('one names another visitor: WebAssembly is entered once, and its component alone is redrawn', async ({
    fifty,
  }) => {
    const status = fifty.locator('#WR7').getByRole('status');
    for (const [visitor, words] of [
      [undefined, 'This task names no visitor'],
      ['visitor-7', ''],
      ['', 'This task names no visitor'],
    ]) {
      const done = await fifty.evaluate(
        (id) => window.desk.change(7, { glance_visitor_id: id }),
        visitor,
      );
      expect(done).toEqual({ entries: 1, redrawn: { WR7: 1 } });
      await expect(status).toContainText(words);
    }
  });

  test('many changes within a frame: one entry, one redraw, of what was said last', async ({
    fifty,
  }) => {
    const done = await fifty.evaluate(() => {
      const changes = ['', 'a', '', 'b', ''].map((id) => ({ glance_visitor_id: id }));
      return window.desk.change(7, ...changes);
    });
    expect(done).toEqual({ entries: 1, redrawn: { WR7: 1 } });
    await expect(fifty.locator('#WR7').getByRole('status')).toContainText(
      'This task names no visitor',
    );
  });

  test('a change and its opposite within a frame are nothing', async ({ fifty }) => {
    const done = await fifty.evaluate(() => {
      const changes = ['a', 'visitor-7'].map((id) => ({ glance_visitor_id: id }));
      return window.desk.change(7, ...changes);
    });
    expect(done).toEqual(NONE);
  });

  test('a click in the same moment works with what the task says then', async ({ fifty }) => {
    const asked = fifty
      .context()
      .waitForEvent('request', (request) => request.url().includes('SessionKey=late-7'));
    await fifty.evaluate(() => {
      window.desk.set(7, { glance_visitor_id: 'late-7' });
      document.querySelector('#WR7 .flex-glance').shadowRoot.querySelector('button').click();
    });
    await asked;
  });
});

/** Runs in the page: a desktop that keeps its tasks as Flex does, and shows the header of each. */
function showFifty(props) {
  const tasks = new Map();
  for (let i = 0; i < 50; i += 1) {
    const attributes = { glance_visitor_id: `visitor-${i}`, name: `Ann ${i}` };
    tasks.set(`WR${i}`, { sid: `WR${i}`, status: 'accepted', attributes });
  }
  const flex = {
    session: { identity: 'maria', ssoTokenPayload: { identity: 'maria', token: 'token' } },
    worker: { tasks },
    view: {},
  };
  const subscribers = new Set();
  const store = {
    getState: () => ({ flex }),
    subscribe(listen) {
      subscribers.add(listen);
      return () => subscribers.delete(listen);
    },
  };
  const actions = new Map();
  const Actions = {
    registerAction: (name, run) => actions.set(name, run),
    invokeAction: async (name, payload) => actions.get(name)(payload),
  };
  let header;
  const Content = { add: (element) => element.key === 'flex-glance' && (header = element) };
  const places = { TaskCanvasHeader: { Content }, CRMContainer: { Content }, Actions };
  const { createElement, cloneElement } = React;

  function render() {
    const shown = Array.from(flex.worker.tasks.values(), (task) =>
      createElement('div', { id: task.sid, key: task.sid }, cloneElement(header, { task })),
    );
    ReactDOM.render(createElement('main', null, shown), document.getElementById('host'));
  }

  // Calls from the page into WebAssembly; what it calls back meanwhile belongs to the call.
  let entries = 0;
  let depth = 0;
  const count =
    (enter) =>
    (...args) => {
      if (depth === 0) entries += 1;
      depth += 1;
      try {
        return enter(...args);
      } finally {
        depth -= 1;
      }
    };
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args) {
      const { exports } = new target(...args);
      const counted = Object.entries(exports).map(([name, value]) => [
        name,
        typeof value === 'function' ? count(value) : value,
      ]);
      return { exports: Object.fromEntries(counted) };
    },
  });

  // Each of a component's redraws is one call of its observer: they come after the task that changed it.
  let redrawn = {};
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  window.desk = {
    watch() {
      document.querySelectorAll('#host .flex-glance').forEach(({ shadowRoot, parentNode }) => {
        const observer = new MutationObserver(() => {
          redrawn[parentNode.id] = (redrawn[parentNode.id] || 0) + 1;
        });
        const all = { subtree: true, childList: true, attributes: true, characterData: true };
        observer.observe(shadowRoot, all);
      });
    },

    set(i, change) {
      const task = tasks.get(`WR${i}`);
      task.attributes = { ...task.attributes, ...change };
      flex.worker = { tasks: new Map(tasks) };
      subscribers.forEach((listen) => listen());
      render();
    },

    /** Changes the task's attributes in a row, and says what has come of it two frames later. */
    async change(i, ...changes) {
      await frame();
      const before = entries;
      redrawn = {};
      changes.forEach((change) => window.desk.set(i, change));
      await frame();
      await frame();
      return { entries: entries - before, redrawn };
    },
  };
  window.registerTaskCanvasHeader(places, { store }, props);
  render();
}
