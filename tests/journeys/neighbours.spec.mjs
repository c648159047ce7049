import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, frame, opened } from './viewers.mjs';

/** Starts Flex with the test plugin, and notes each line of ours in the console. */
async function startForm(agent, form, settings = {}) {
  const lines = [];
  agent.context.on('console', (message) => {
    if (message.text().startsWith('flex-glance')) lines.push(message.text());
  });
  await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
  await agent.start({ plugin: 'forms', settings: { form, ...settings } });
  await agent.select('Alice');
  return lines;
}

const STANDS_BACK = /another plugin has a copy too.*Switch one/;

test.describe('Two copies of the package on one desktop', OWN_FLEX, () => {
  test('the second stands back and says so once: one header, one viewer, one connection', async ({
    agent,
  }) => {
    const settings = { openlocation: 'tab', presence: true };
    const lines = await startForm(agent, 'two-copies', settings);
    await expect(agent.header.root).toHaveCount(1);
    await expect(agent.header.status).toHaveText(text('visitor_away'));
    const { agents } = await agent.control.presence();
    expect(agents.open).toBe(1);
    expect(lines).toEqual([expect.stringMatching(STANDS_BACK)]);

    // An Action is the first copy's, which opens a tab.
    const tab = await opened(agent, () =>
      agent.page.evaluate(() =>
        Twilio.Flex.Actions.invokeAction('GlanceJoinWithKey', { sessionKey: '4821' }),
      ),
    );
    await expectWaiting(tab, '4821');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(agent.errors).toEqual([]);
  });

  test('once the first is taken back, the second works as a whole', async ({ agent }) => {
    await startForm(agent, 'second-copy', { openlocation: 'tab' });
    await agent.page.evaluate(() => window.endFirstCopy());
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.select('Bob');
    await expect(agent.header.root).toHaveCount(1);
    await expectReady(agent);
    const tab = await opened(agent, () => agent.button.click());
    await expectWaiting(tab, 'bob-1');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(agent.errors).toEqual([]);
  });

  test('one in the vendor’s form stands back too', async ({ agent }) => {
    const lines = await startForm(agent, 'second-copy-by-hand');
    await expectReady(agent);
    await expect(agent.header.root).toHaveCount(1);
    expect(lines).toEqual([expect.stringMatching(STANDS_BACK)]);
  });

  test('one copy that is registered twice shows one header', async ({ agent }) => {
    const lines = await startForm(agent, 'registered-twice');
    await expectReady(agent);
    await expect(agent.header.root).toHaveCount(1);
    expect(lines).toEqual([]);
  });
});

test.describe('Tasks of somebody else', OWN_FLEX, () => {
  test('one that is offered says so, and has its button once it is accepted', async ({ agent }) => {
    await agent.control.call('POST', 'tasks', {
      name: 'Ann',
      channel: 'chat',
      attributes: { glance_visitor_id: 'ann-1' },
      accepted: false,
    });
    await agent.start({ plugin: 'forms', settings: { form: 'register-panel' } });
    await agent.page.locator('.Twilio-TaskListBaseItem').getByText('Ann').first().click();
    await expect(agent.panel.status).toHaveText(text('task_offered'));
    await expect(agent.panel.main).toBeDisabled();
    const accept = agent.page.getByRole('button', { name: /^Accept/ }).first();
    // Flex may lose a click while it is still starting, as it may lose one on a task.
    await expect(async () => {
      if (await accept.isVisible()) await accept.click();
      await expect(agent.panel.button('have_key')).toBeVisible({ timeout: 3_000 });
    }).toPass();
    await agent.panel.button('cobrowse').click();
    await expectWaiting(agent.viewerFrame('ann-1'), 'ann-1');
  });

  test(
    'another agent’s task says so and has no button that does nothing',
    OWN_FLEX,
    async ({ agent }) => {
      await startForm(agent, 'foreign');
      await expect(agent.header.status).toHaveText(text('task_foreign'));
      await expect(agent.button).toBeDisabled();
      await expect(agent.header.button('have_key')).toHaveCount(0);
      expect(agent.errors).toEqual([]);
    },
  );
});

test.describe('Another plugin’s listener that never answers', () => {
  test('is told after a while, and clicks are not silent meanwhile', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await holdBack(agent);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('plugin_asked'));
    await expect(agent.header.alert).toContainText(text('plugin_silent'));
    // Flex refuses the second while the first is pending.
    await agent.button.click();
    await expect(agent.header.alert).toContainText(text('plugin_silent'));

    await holdNoMore(agent);
    await answer(agent, 0);
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.header.alert).toHaveCount(0);
  });

  test('is given up by Dismiss: what it answers later opens nothing, and a new click asks anew', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await holdBack(agent);
    for (const given of [1, 2]) {
      await agent.button.click();
      await expect(agent.header.status).toHaveText(text('plugin_asked'));
      expect(await agent.page.evaluate(() => window.answers.length)).toBe(given);
      await expect(agent.header.alert).toContainText(text('plugin_silent'));
      await agent.header.message.button('dismiss').click();
      await expect(agent.header.alert).toHaveCount(0);
    }
    await answer(agent, 0);
    await expectReady(agent);
    await expect(frame(agent, 'alice-1')).toHaveCount(0);

    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('plugin_asked'));
    await holdNoMore(agent);
    await answer(agent, 1);
    await expect(agent.header.status).toHaveText(text('plugin_asked'));
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    await answer(agent, 2);
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(agent.errors).toEqual([]);
  });
});

test.describe('Another plugin and the second panel', OWN_FLEX, () => {
  test('a panel in a tab that is not selected: the viewer’s tab is', async ({ agent }) => {
    await startForm(agent, 'tabs');
    await expect(agent.page.getByText('Notes of the shop')).toBeVisible();
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(agent.page.getByText('Notes of the shop')).toBeHidden();

    await agent.page.getByText('Notes', { exact: true }).click();
    await expect(frame(agent, 'alice-1')).toBeHidden();
    await agent.button.click();
    await expect(frame(agent, 'alice-1')).toBeVisible();
    expect(agent.context.pages()).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });

  for (const form of ['hidden-panel', 'removed-panel']) {
    test(`a panel that it took away ("${form}"): a tab, and a message that names the cause`, async ({
      agent,
    }) => {
      await startForm(agent, form);
      const tab = await opened(agent, () => agent.button.click());
      await expectWaiting(tab, 'alice-1');
      await expect(agent.header.alert).toContainText(text('panel_taken'));
      expect(agent.errors).toEqual([]);
    });
  }
});

test.describe('A panel that is hidden by configuration', () => {
  test('is hidden again once no viewer is in it', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    const crm = agent.page.locator('.Twilio-CRMContainer');
    await showPanel(agent, false);
    await expect(crm).toBeHidden();
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(crm).toBeVisible();
    await agent.header.button('close_viewer').click();
    await expect(crm).toBeHidden();
    await expectReady(agent);
    await showPanel(agent, true);
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await agent.header.button('close_viewer').click();
    await expectReady(agent);
    await expect(crm).toBeVisible();
    expect(agent.errors).toEqual([]);
  });

  test('stays hidden where Flex has no room: the viewer opens in a tab', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await showPanel(agent, false);
    await agent.page.setViewportSize({ width: 380, height: 640 });
    const tab = await opened(agent, () => agent.button.click());
    await expectWaiting(tab, 'alice-1');
    await expect(agent.header.alert).toContainText(text('panel_narrow'));
    await expect(agent.page.locator('.Twilio-CRMContainer')).toBeHidden();
    await showPanel(agent, true);
    expect(agent.errors).toEqual([]);
  });
});

/** Another plugin's listener holds each start of a session until `answer`. */
function holdBack(agent) {
  return agent.page.evaluate(() => {
    window.answers = [];
    window.hold = () => new Promise((resolve) => window.answers.push(resolve));
    window.Twilio.Flex.Actions.addListener('beforeGlanceStartSession', window.hold);
  });
}

/** It answers, and Flex has done with that start. */
function answer(agent, given) {
  return agent.page.evaluate(async (i) => {
    const { Actions } = window.Twilio.Flex;
    let resolve;
    const isOver = new Promise((ended) => (resolve = ended));
    Actions.addListener('invocationEnd', resolve);
    window.answers[i]();
    await isOver;
    Actions.removeListener('invocationEnd', resolve);
  }, given);
}

/** From now on it holds none. The desktop is that of the next test too. */
function holdNoMore(agent) {
  return agent.page.evaluate(() =>
    window.Twilio.Flex.Actions.removeListener('beforeGlanceStartSession', window.hold),
  );
}

/** Shows or hides Flex's second panel, as an account's configuration can. */
function showPanel(agent, showPanel2) {
  return agent.page.evaluate(
    (componentProps) => Twilio.Flex.Manager.getInstance().updateConfig({ componentProps }),
    { AgentDesktopView: { showPanel2 } },
  );
}
