/** `<flex-glance>` on a bare page: no React, no Flex. */

import { bundled, expect, PROPS, test as base } from './fixtures.mjs';

const { task: TASK, hosts: HOSTS, authtoken: TOKEN, ...TEXTS } = PROPS;

const test = base.extend({
  bundle: bundled(`
    import * as element from './dist/element.mjs';
    Object.assign(window, element);
  `),

  /** Puts an element on the page, with attributes and, before it is defined, properties. */
  put: async ({ bare }, use) => {
    await use((attributes = {}, properties = {}) =>
      bare.page.evaluate(
        ([texts, given]) => {
          const element = document.createElement('flex-glance');
          Object.keys(texts).forEach((name) => element.setAttribute(name, texts[name]));
          Object.assign(element, given);
          document.getElementById('host').append(element);
          window.defineFlexGlance();
          window.element = element;
        },
        [
          { ...TEXTS, ...attributes },
          { hosts: HOSTS, authtoken: TOKEN, ...properties },
        ],
      ),
    );
  },
});

const viewer = (context, key) =>
  context.waitForEvent('request', (request) => request.url().includes(`SessionKey=${key}`));

test.describe('The custom element', () => {
  test('takes props as attributes, and from before it was defined', async ({
    bare,
    put,
    context,
  }) => {
    await put({}, { task: TASK });
    const asked = viewer(context, 'alice-1');
    await bare.page.getByRole('button', { name: 'Cobrowse', exact: true }).click();
    await asked;
    await expect(bare.page.getByRole('status')).toHaveText('Viewer open');
  });

  test('names a value whose getter throws, and works once it can be read', async ({
    bare,
    put,
  }) => {
    await put({}, { task: TASK });
    const { page } = bare;
    await page.evaluate(() => {
      const hosts = {
        get web() {
          throw new Error('not yet');
        },
      };
      Object.assign(window.element, { hosts });
    });
    const message = page.getByRole('alert');
    await expect(message).toContainText(
      'prop “hosts.web” is wrong: got a getter that throws, expected a host name',
    );
    await page.evaluate((hosts) => Object.assign(window.element, { hosts }), HOSTS);
    await expect(message).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Cobrowse', exact: true })).toBeVisible();
  });

  test('shows another task, and another text, as soon as they are set', async ({ bare, put }) => {
    await put();
    const { page } = bare;
    await expect(page.getByRole('status')).toContainText('Select a task');
    await page.evaluate(() => Object.assign(window.element, { task: { sid: 'WR2' } }));
    await expect(page.getByRole('status')).toContainText('names no visitor');
    await page.evaluate(() => window.element.setAttribute('visitorid', 'bob-1'));
    await expect(page.getByRole('status')).toHaveText('');
    await page.evaluate(() => Object.assign(window.element, { strings: { cobrowse: 'Share' } }));
    await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeVisible();
  });

  test('has a session for a visitor without a task', async ({ bare, put, context }) => {
    await put({ visitorid: 'carol-1' });
    const asked = viewer(context, 'carol-1');
    await bare.page.getByRole('button', { name: 'Cobrowse', exact: true }).click();
    await asked;
  });

  test('opens the viewer inside itself, and closes it when the task is over', async ({
    bare,
    put,
  }) => {
    await put({ openlocation: 'flex' }, { task: TASK });
    const { page } = bare;
    await page.evaluate(() => window.setTasks([{ sid: 'WR1' }]));
    await page.getByRole('button', { name: 'Cobrowse', exact: true }).click();
    const frame = page.locator('iframe[src*="SessionKey=alice-1"]');
    await expect(frame).toBeVisible();
    await page.evaluate(() => window.setTasks([{ sid: 'WR2' }]));
    await expect(frame).toHaveCount(0);
  });

  test('works again where it was moved to', async ({ bare, put }) => {
    await put({}, { task: TASK });
    const { page } = bare;
    await page.evaluate(() => document.body.prepend(window.element));
    await expect(page.getByRole('button', { name: 'Cobrowse', exact: true })).toHaveCount(1);
  });

  test('takes no token from HTML', async ({ bare, put, context }) => {
    const posted = [];
    context.on('request', (request) => posted.push(request.postData() || ''));
    await put({ authtoken: 'token-in-html', visitorid: 'dora-1' }, { authtoken: undefined });
    await bare.page.getByRole('button', { name: 'Cobrowse', exact: true }).click();
    await expect(bare.page.getByRole('alert')).toContainText('Flex gave no session token');
    expect(posted.join()).not.toContain('token-in-html');
  });

  test('refuses a list of tasks that it cannot read', async ({ bare }) => {
    const told = await bare.page.evaluate(() =>
      [{}, [{ sid: 'WR1' }, {}]].map((tasks) => {
        try {
          window.setTasks(tasks);
          return 'taken';
        } catch (error) {
          return error.message;
        }
      }),
    );
    expect(told).toEqual([
      'setTasks takes a list of tasks.',
      'setTasks: task 1 of the list has no sid.',
    ]);
  });
});
