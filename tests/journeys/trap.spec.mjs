import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { windows } from './viewers.mjs';

// This build's rendering hits WebAssembly's `unreachable` while `window.__flexGlanceTrap` is true.
const TRAP_ONCE = () => {
  let armed = false;
  Object.defineProperty(window, '__flexGlanceTrap', {
    get() {
      const trap = armed;
      armed = false;
      return trap;
    },
    set(value) {
      armed = value;
    },
  });
};

test.describe('A trap inside WebAssembly', OWN_FLEX, () => {
  test('gets a fresh instance, and the running sessions go on', async ({ agent }) => {
    const alice = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.context.addInitScript(TRAP_ONCE);
    await agent.start({ plugin: 'trap' });
    for (const [name, key] of [
      ['Alice', 'alice-1'],
      ['Bob', 'bob-1'],
    ]) {
      await agent.select(name);
      await agent.button.click();
      await expect(agent.viewerFrame(key).getByText('Waiting for the visitor')).toBeVisible();
    }
    const joined = [];
    agent.context.on('request', (request) => {
      if (request.url().includes('AgentView')) joined.push(request.url());
    });

    await agent.page.evaluate(() => (window.__flexGlanceTrap = true));
    await agent.select('Alice');

    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.viewerFrame('alice-1').getByText('Waiting for the visitor')).toBeVisible();
    await agent.select('Bob');
    await expect(agent.viewerFrame('bob-1').getByText('Waiting for the visitor')).toBeVisible();
    expect(joined, 'viewers that were loaded again').toEqual([]);

    // The fresh instance can do everything: close one, and the task's end closes the other.
    await agent.header.button('close_viewer').click();
    await expect(agent.page.locator('iframe[src*="bob-1"]')).toHaveCount(0);
    await agent.select('Alice');
    await expect(agent.page.locator('iframe[src*="alice-1"]')).toBeVisible();
    await agent.control.end(alice, 'cancel');
    await expect(agent.page.locator('iframe[src*="alice-1"]')).toHaveCount(0);
  });

  for (const openlocation of ['flex', 'window']) {
    test(`leaves the viewer of a task that is not selected with its task: openlocation "${openlocation}"`, async ({
      agent,
    }) => {
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      const bob = await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
      await agent.context.addInitScript(TRAP_ONCE);
      await agent.start({ plugin: 'trap', settings: { openlocation } });
      const frames = agent.page.locator('iframe[src*="SessionKey=bob-1"]');
      const open = async () => (await frames.count()) + windows(agent).length;
      await agent.select('Bob');
      await agent.button.click();
      await expect.poll(open).toBe(1);
      await expect(agent.header.status).toHaveText(text('viewer_open'));

      // Bob's header is gone when it happens, and only the end of his task is heard after it.
      await agent.page.evaluate(() => (window.__flexGlanceTrap = true));
      await agent.select('Alice');
      await expect(agent.button).toHaveAccessibleName(text('cobrowse'));
      expect(await agent.page.evaluate(() => window.__flexGlanceTrap), 'it has trapped').toBe(
        false,
      );
      expect(await open()).toBe(1);
      await agent.control.end(bob, 'cancel');
      await expect.poll(open).toBe(0);
      expect(agent.errors).toEqual([]);
    });
  }

  test('again and again ends in words, and Flex goes on', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start({ plugin: 'trap' });
    await agent.page.evaluate(() => (window.__flexGlanceTrap = true));
    await agent.select('Alice');
    await expect(agent.header.status).toContainText(text('stopped'));

    await agent.select('Bob');
    await expect(agent.page.locator('.Twilio-TaskCanvasHeader')).toContainText('Bob');
    await agent.page.evaluate(() => (window.__flexGlanceTrap = false));
    await agent.header.button('try_again').click();
    await expect(agent.button).toBeVisible();
  });

  test('leaves one connection per visitor, and presence goes on', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.context.addInitScript(TRAP_ONCE);
    await agent.start({ plugin: 'trap', settings: { presence: true } });
    await agent.select('Alice');
    const status = agent.header.status;
    await expect(status).toHaveText(text('visitor_away'));
    const { agents } = await agent.control.presence();

    await agent.page.evaluate(() => (window.__flexGlanceTrap = true));
    await agent.select('Bob');
    await expect
      .poll(async () => (await agent.control.presence()).agents.opened)
      .toBe(agents.opened + 2);
    await expect(status).toHaveText(text('visitor_away'));
    await expect.poll(async () => (await agent.control.presence()).agents.open).toBe(2);
  });
});
