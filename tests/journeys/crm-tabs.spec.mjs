import { arrive, AWAY, HERE, meet, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, frame, watchViewers } from './viewers.mjs';
import { expect, OWN_FLEX, test } from './visitor.mjs';

/** A desktop with the tabbed container of Twilio's project template, of which `tests/plugin` has a stand-in. */
async function startTemplate(agent, { form = 'template', scenario, ...settings } = {}) {
  await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
  await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
  await agent.start({ plugin: 'forms', settings: { form, ...settings }, ...scenario });
  const viewers = watchViewers(agent);
  await agent.select('Alice');
  return viewers;
}

const tab = (agent, name) => agent.page.getByRole('tab', { name, exact: true });
const ours = (agent, language) => tab(agent, text('region', language));

test.describe('In the tabbed container of Twilio’s project template', OWN_FLEX, () => {
  for (const form of ['template', 'before-template', 'template-and-header']) {
    test(`the viewer is seen in a tab of ours, one for each task ("${form}")`, async ({
      agent,
    }) => {
      const viewers = await startTemplate(agent, { form });
      await expect(tab(agent, 'Web Page')).toHaveAttribute('aria-selected', 'true');
      await expect(ours(agent)).toHaveCount(1);
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
      await expect(ours(agent)).toHaveAttribute('aria-selected', 'true');
      await expect(frame(agent, 'alice-1')).toBeVisible();

      // Another task has a tab of its own, and what the agent chose there is theirs.
      await agent.select('Bob');
      await expect(frame(agent, 'alice-1')).toBeHidden();
      await expect(tab(agent, 'Web Page')).toHaveAttribute('aria-selected', 'true');
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('bob-1'), 'bob-1');
      await expect(frame(agent, 'bob-1')).toBeVisible();

      await agent.select('Alice');
      await expect(frame(agent, 'alice-1')).toBeVisible();
      await expect(frame(agent, 'bob-1')).toBeHidden();
      expect(viewers).toHaveLength(2);

      // The header brings it back from behind another tab.
      await tab(agent, 'Web Page').click();
      await expect(frame(agent, 'alice-1')).toBeHidden();
      await agent.button.click();
      await expect(frame(agent, 'alice-1')).toBeVisible();
      expect(viewers).toHaveLength(2);
      expect(agent.context.pages()).toHaveLength(1);

      await agent.header.button('close_viewer').click();
      await expectReady(agent);
      expect(agent.errors).toEqual([]);
    });
  }

  test('a task that belongs to another has its viewer in the tabs of that one', async ({
    agent,
  }) => {
    const parentTask = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1', parentTask });
    await agent.start({ plugin: 'forms', settings: { form: 'template' } });
    const viewers = watchViewers(agent);
    for (const [name, key] of [
      ['Alice', 'alice-1'],
      ['Ann', 'ann-1'],
    ]) {
      await agent.select(name);
      await expect(ours(agent)).toHaveCount(1);
      await agent.button.click();
      await expectWaiting(agent.viewerFrame(key), key);
      await expect(frame(agent, key)).toBeVisible();
    }
    await expect(frame(agent, 'alice-1')).toBeHidden();
    await agent.select('Alice');
    await expect(frame(agent, 'alice-1')).toBeVisible();
    await expect(frame(agent, 'ann-1')).toBeHidden();
    expect(viewers).toHaveLength(2);
    expect(agent.errors).toEqual([]);
  });

  test('a viewer that opens while another task is selected waits in its own task’s tab', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    const bob = await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start({ plugin: 'forms', settings: { form: 'template' } });
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    await expect(ours(agent)).toHaveCount(1);
    await agent.page.evaluate(
      (sid) => Twilio.Flex.Actions.invokeAction('GlanceStartSession', { sid }),
      bob,
    );
    await expect(frame(agent, 'bob-1')).toHaveCount(1);
    await expect(frame(agent, 'bob-1')).toBeHidden();
    await expect(tab(agent, 'Web Page')).toHaveAttribute('aria-selected', 'true');
    await agent.select('Bob');
    await expect(frame(agent, 'bob-1')).toBeVisible();
    await expectWaiting(agent.viewerFrame('bob-1'), 'bob-1');

    // It goes with its task.
    await agent.control.end(bob, 'complete');
    await expect(frame(agent, 'bob-1')).toHaveCount(0);
    await agent.select('Alice');
    await expectReady(agent);
    expect(viewers).toHaveLength(1);
    expect(agent.context.pages()).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });

  test('a task whose tabs are hidden counts as not seen: its customer’s arrival is told', async ({
    agent,
    visitor,
  }) => {
    const id = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: id });
    await startTemplate(agent, PRESENCE);
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(AWAY);
    await agent.select('Alice');
    await arrive(visitor, id);
    await expect(agent.notification.message).toHaveText(
      text('notify_arrived', { customer: 'Ann' }),
    );
    await agent.notification.button('show_task').click();
    await expect(agent.header.status).toHaveText(HERE);
    expect(agent.errors).toEqual([]);
  });

  test('a customer who accepts while the agent is elsewhere is seen once their task is selected', async ({
    agent,
    visitor,
  }) => {
    const id = newId('ann');
    const parentTask = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Ann', { glance_visitor_id: id, parentTask });
    await agent.start({ plugin: 'forms', settings: { form: 'template', ...PRESENCE } });
    await meet(agent, visitor, 'Ann', id);
    await agent.button.click();
    await expect(visitor.terms).toBeVisible();
    await agent.select('Alice');
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(visitor.endButton).toBeVisible();
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(text('in_session'));
    await expect(frame(agent, id)).toBeVisible();
    expect(agent.context.pages()).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });

  test('the tab goes with our registration, and comes with another one', async ({ agent }) => {
    await startTemplate(agent);
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await agent.page.evaluate(() => window.glanceRegistration.end());
    await expect(ours(agent)).toHaveCount(0);
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    await agent.select('Bob');
    await expect(ours(agent)).toHaveCount(0);

    // Not after the container has asked for the tabs: it asks once more.
    await agent.page.evaluate(() => window.glanceRegistration.begin());
    await expect(ours(agent)).toHaveCount(1);
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    expect(agent.context.pages()).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });

  test('a registered panel is there before a viewer is, in the author’s words', async ({
    agent,
  }) => {
    const strings = { region: 'Pantalla compartida' };
    await startTemplate(agent, { form: 'template-and-panel', strings });
    const own = tab(agent, strings.region);
    await own.click();
    const panel = agent.page.getByRole('tabpanel');
    await panel.getByRole('button', { name: text('cobrowse') }).click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(own).toHaveCount(1);
    expect(agent.errors).toEqual([]);
  });

  test('a container whose tabs have no roles is asked to select ours', async ({ agent }) => {
    const container = { selects: true, speaksAria: false };
    await startTemplate(agent, { container });
    await expect(agent.page.getByRole('button', { name: 'Web Page' })).toBeVisible();
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(frame(agent, 'alice-1')).toBeVisible();
    await agent.page.getByRole('button', { name: 'Web Page' }).click();
    await expect(frame(agent, 'alice-1')).toBeHidden();
    await agent.button.click();
    await expect(frame(agent, 'alice-1')).toBeVisible();
    expect(agent.errors).toEqual([]);
  });
});
