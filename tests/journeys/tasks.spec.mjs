import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import {
  expectReady,
  expectWaiting,
  frame,
  opened,
  parameters,
  watchViewers,
  windows,
} from './viewers.mjs';

const action = (agent, name, payload) =>
  agent.page.evaluate(
    ([name, payload]) => Twilio.Flex.Actions.invokeAction(name, payload),
    [name, payload],
  );

/** Adds a view beside the agent's desktop, as a plugin does. */
const addView = (agent, name) =>
  agent.page.evaluate((name) => {
    const { React, Twilio } = window;
    const inner = React.createElement('p', { key: 'p' }, `The ${name} view`);
    const view = React.createElement(Twilio.Flex.View, { key: name, name }, inner);
    Twilio.Flex.ViewCollection.Content.add(view);
  }, name);

/** Selects a task and opens its viewer in the panel. */
async function join(agent, name, key) {
  await agent.select(name);
  await agent.button.click();
  await expectWaiting(agent.viewerFrame(key), key);
}

/** Leaves a mark in a viewer's page, which is lost when the page loads anew. */
async function mark(agent, key) {
  await agent
    .viewerFrame(key)
    .locator('body')
    .evaluate((body) => (body.title = 'marked'));
}

async function expectMarked(agent, key) {
  await expect(frame(agent, key)).toHaveCount(1);
  await expect(agent.viewerFrame(key).locator('body')).toHaveAttribute('title', 'marked');
}

test.describe('One session for each task', () => {
  test(
    'two tasks keep their own viewers while the agent moves about in Flex',
    OWN_FLEX,
    async ({ agent }) => {
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.control.task('Bob', { glance_visitor_id: 'bob-2' });
      await agent.start();
      await addView(agent, 'reports');
      const viewers = watchViewers(agent);
      await join(agent, 'Alice', 'alice-1');
      await mark(agent, 'alice-1');

      // Bob's task has a session of its own.
      await agent.select('Bob');
      await expectReady(agent);
      await expect(frame(agent, 'alice-1')).toBeHidden();
      await expect(agent.panel.root).toHaveCount(0);
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('bob-2'), 'bob-2');
      await mark(agent, 'bob-2');
      await expect(frame(agent, 'bob-2')).toBeVisible();
      await expect(frame(agent, 'alice-1')).toBeHidden();

      // Header and panel show the session of the task that is selected.
      await agent.select('Alice');
      await expect(frame(agent, 'alice-1')).toBeVisible();
      await expect(frame(agent, 'bob-2')).toBeHidden();
      for (const place of [agent.header, agent.panel]) {
        await expect(place.status).toHaveText(text('viewer_open'));
      }

      // No task, the same task twice, another view.
      await action(agent, 'SelectTask', { sid: null });
      await expect(agent.header.root).toHaveCount(0);
      await expect(frame(agent, 'alice-1')).toBeHidden();
      await expect(frame(agent, 'bob-2')).toBeHidden();
      await agent.select('Alice');
      await agent.select('Alice');
      await expect(frame(agent, 'alice-1')).toBeVisible();
      await action(agent, 'NavigateToView', { viewName: 'reports' });
      await expect(agent.page.getByText('The reports view')).toBeVisible();
      await expect(frame(agent, 'alice-1')).toBeHidden();
      await action(agent, 'NavigateToView', { viewName: 'agent-desktop' });
      await expect(frame(agent, 'alice-1')).toBeVisible();

      // Nothing loaded anew on the way.
      await expectMarked(agent, 'alice-1');
      await expectMarked(agent, 'bob-2');
      expect(viewers.map((viewer) => parameters(viewer.url()).SessionKey)).toEqual([
        'alice-1',
        'bob-2',
      ]);

      // Closing one leaves the other.
      await agent.panel.button('close_viewer').click();
      await expect(frame(agent, 'alice-1')).toHaveCount(0);
      await expectReady(agent);
      await agent.select('Bob');
      await expect(frame(agent, 'bob-2')).toBeVisible();
      await expectMarked(agent, 'bob-2');
      expect(agent.errors).toEqual([]);
    },
  );

  test('a task that goes away gives the panel back, whether it is selected or not', async ({
    agent,
  }) => {
    const tasks = {};
    for (const name of ['complete', 'cancel', 'transfer']) {
      tasks[name] = await agent.control.task(name, { glance_visitor_id: `to-${name}` });
    }
    await agent.start();
    const viewers = watchViewers(agent);
    for (const name of Object.keys(tasks)) await join(agent, name, `to-${name}`);

    await agent.control.end(tasks.complete, 'wrapup');
    await agent.control.end(tasks.complete, 'complete');
    await expect(frame(agent, 'to-complete')).toHaveCount(0);
    await agent.control.end(tasks.cancel, 'cancel');
    await expect(frame(agent, 'to-cancel')).toHaveCount(0);
    await expect(frame(agent, 'to-transfer')).toBeVisible();
    await agent.control.end(tasks.transfer, 'transfer');
    await expect(frame(agent, 'to-transfer')).toHaveCount(0);
    await expect(agent.panel.root).toHaveCount(0);
    expect(viewers).toHaveLength(3);
    expect(agent.errors).toEqual([]);
  });

  test('wrap-up keeps the session, completing by hand ends it', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    const viewers = watchViewers(agent);
    await join(agent, 'Alice', 'alice-1');
    await mark(agent, 'alice-1');

    const canvas = agent.page.locator('.Twilio-TaskCanvasHeader');
    await canvas.getByRole('button', { name: 'End' }).click();
    const complete = canvas.getByRole('button', { name: 'Complete' });
    await expect(complete).toBeVisible();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(frame(agent, 'alice-1')).toBeVisible();
    await expectMarked(agent, 'alice-1');
    await complete.click();
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    await expect(agent.panel.root).toHaveCount(0);
    expect(viewers).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });

  test('windows close with their task only', async ({ agent }) => {
    const alice = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    const bob = await agent.control.task('Bob', { glance_visitor_id: 'bob-2' });
    await agent.start({ settings: { openlocation: 'window' } });
    await agent.select('Alice');
    const first = await opened(agent, () => agent.button.click());
    await agent.select('Bob');
    const second = await opened(agent, () => agent.button.click());
    await expectWaiting(first, 'alice-1');
    await expectWaiting(second, 'bob-2');

    await agent.control.end(alice, 'wrapup');
    await agent.select('Alice');
    await expect(agent.page.getByRole('button', { name: 'Complete' })).toBeVisible();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(windows(agent)).toEqual([first, second]);

    const firstClosed = first.waitForEvent('close');
    await agent.control.end(alice, 'complete');
    await firstClosed;
    await expectWaiting(second, 'bob-2');
    const secondClosed = second.waitForEvent('close');
    await agent.control.end(bob, 'cancel');
    await secondClosed;
    expect(agent.errors).toEqual([]);
  });

  test('a task that ends while the key is on its way opens nothing', async ({ agent }) => {
    const alice = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ function: 'slow', settings: { openlocation: 'tab' } });
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    const blank = await opened(agent, () => agent.button.click());
    const closed = blank.waitForEvent('close');
    await agent.control.end(alice, 'cancel');
    await closed;
    await expect(agent.header.root).toHaveCount(0);
    expect(viewers).toHaveLength(0);
    expect(agent.errors).toEqual([]);
  });

  test(
    'the next click follows the task’s new attributes, also after a reload',
    OWN_FLEX,
    async ({ agent }) => {
      const alice = await agent.control.task('Alice');
      await agent.start();
      const viewers = watchViewers(agent);
      await agent.select('Alice');
      await expect(agent.header.status).toContainText(text('no_visitor'));

      await agent.control.attributes(alice, { name: 'Alice', conversationSid: 'CH1' });
      await expectReady(agent);
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('CH1'), 'CH1');

      // The open viewer stays what it is.
      await agent.control.attributes(alice, { name: 'Alice now', glance_visitor_id: 'alice-3' });
      await expect(agent.page.getByRole('heading', { name: 'Alice now' }).first()).toBeVisible();
      await expect(frame(agent, 'CH1')).toBeVisible();
      await agent.header.button('close_viewer').click();
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('alice-3'), 'alice-3');

      // Flex starts anew: nothing is open, the task tells of the session, and a click shows its viewer.
      await agent.page.reload();
      await agent.select('Alice now');
      await expect(agent.header.status).toHaveText(text('not_certain'));
      await expect(frame(agent, 'alice-3')).toHaveCount(0);
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('alice-3'), 'alice-3');
      await expect(frame(agent, 'alice-3')).toHaveCount(1);
      expect(viewers.map((viewer) => parameters(viewer.url()).SessionKey)).toEqual([
        'CH1',
        'alice-3',
        'alice-3',
      ]);
      expect(agent.errors).toEqual([]);
    },
  );
});
