import { arrive, AWAY, HERE, meet, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

test.describe('With presence the agent', () => {
  test.setTimeout(120_000);

  test('sees the visitor come, asks with one click, and watches once they accept', async ({
    agent,
    visitor,
  }) => {
    await agent.start({ settings: PRESENCE });
    const sid = await chat(agent, visitor, 'Ann');
    await expect(agent.header.status).toHaveText(HERE);

    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('visitor_asked'));
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    const viewer = new Viewer(agent.viewerFrame(sid));
    await expect(viewer.title).toHaveText('Tea, simply.');
    await expect(agent.header.status).toHaveText(text('in_session'));
    await expect(agent.header.timer('in_session_for')).toBeVisible();

    await visitor.endButton.click();
    await expect(agent.header.status).toHaveText(text('session_over'));
    await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });

  test('sees each page of a single-page site', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    await come(agent, visitor, 'Ann');
    await visitor.page.evaluate(() => history.pushState({}, '', '/checkout?step=2'));
    await expect(agent.header.status).toContainText('/checkout · Chrom');
    await visitor.page.evaluate(() => history.replaceState({}, '', '/thanks#top'));
    await expect(agent.header.status).toContainText('/thanks · Chrom');
    await visitor.page.evaluate(() => history.pushState({}, '', '/teas'));
    await expect(agent.header.status).toContainText('/teas · Chrom');
    await visitor.page.evaluate(() => history.back());
    await expect(agent.header.status).toContainText('/thanks · Chrom');
  });

  test('sees another page, the visitor leave, and come back', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    const id = await come(agent, visitor, 'Ann');
    await arrive(visitor, id, '/teas');
    await expect(agent.header.status).toContainText('/teas · Chrom');
    await visitor.page.goto('about:blank');
    await expect(agent.header.status).toHaveText(AWAY);
    await arrive(visitor, id);
    await expect(agent.header.status).toHaveText(HERE);
  });

  test('is told when the visitor declines, and may ask again', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    await come(agent, visitor, 'Ann');
    await agent.button.click();
    await visitor.terms.getByRole('button', { name: 'Decline' }).click();
    await expect(agent.header.alert).toContainText(text('visitor_declined'));

    await agent.header.button('ask_again').click();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(agent.header.status).toHaveText(text('in_session'));
  });

  test(
    'is told what to do about a visitor who does not answer, and an answer still counts',
    OWN_FLEX,
    async ({ agent, visitor }) => {
      await agent.start({ settings: PRESENCE });
      await come(agent, visitor, 'Ann');
      await agent.page.clock.install();
      await agent.button.click();
      await expect(visitor.terms).toBeVisible();
      await agent.page.clock.fastForward('01:01');
      const alert = agent.header.alert;
      await expect(alert).toContainText(text('visitor_silent'));
      await expect(agent.header.message.button('ask_again')).toBeVisible();
      await visitor.terms.getByRole('button', { name: 'Accept' }).click();
      await expect(agent.header.status).toHaveText(text('in_session'));
    },
  );

  test('may give up waiting, and an acceptance that comes late opens nothing by itself', async ({
    agent,
    visitor,
  }) => {
    await agent.start({ settings: PRESENCE });
    const id = await come(agent, visitor, 'Ann');
    await agent.button.click();
    await expect(visitor.terms).toBeVisible();
    await agent.header.button('cancel').click();
    await expect(agent.header.status).toHaveText(HERE);

    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(agent.header.status).toHaveText(text('session_unseen'));
    await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
    await agent.button.click();
    const viewer = new Viewer(agent.viewerFrame(id));
    await expect(viewer.title).toHaveText('Tea, simply.');
  });

  test('waits for an absent visitor, who is asked on arrival', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    const id = await come(agent, visitor, 'Ann');
    await visitor.page.goto('about:blank');
    await expect(agent.header.status).toHaveText(AWAY);
    await agent.button.click();
    const alert = agent.header.alert;
    await expect(alert).toContainText(text('visitor_absent'));
    await agent.header.message.button('wait_for_visitor').click();
    await expect(agent.header.status).toHaveText(text('awaiting_visitor'));

    await arrive(visitor, id);
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(agent.header.status).toHaveText(text('in_session'));
  });

  test('is told when the visitor leaves before answering', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    await come(agent, visitor, 'Ann');
    await agent.button.click();
    await expect(visitor.terms).toBeVisible();
    await visitor.page.goto('about:blank');
    await expect(agent.header.alert).toContainText(text('visitor_left'));
  });

  test('is told of a visitor who comes to a task that is not selected', async ({
    agent,
    visitor,
  }) => {
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start({ settings: PRESENCE });
    const id = await come(agent, visitor, 'Ann');
    await visitor.page.goto('about:blank');
    await expect(agent.header.status).toHaveText(AWAY);
    await agent.select('Bob');
    await expect(agent.header.status).toHaveText(AWAY);

    await arrive(visitor, id);
    await expect(agent.notification.message).toHaveText(
      text('notify_arrived', { customer: 'Ann' }),
    );
    await agent.notification.button('show_task').click();
    await expect(agent.header.status).toHaveText(HERE);
  });

  test('is not notified where notifications are off', async ({ agent, visitor }) => {
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start({ settings: { ...PRESENCE, notifications: false } });
    const id = await come(agent, visitor, 'Ann');
    await visitor.page.goto('about:blank');
    await expect(agent.header.status).toHaveText(AWAY);
    await agent.select('Bob');
    await arrive(visitor, id);
    await expect.poll(async () => (await agent.control.presence()).visitors.connected).toBe(1);
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(HERE);
    await expect(agent.notification.message).toHaveCount(0);
  });

  test(
    'has Glance’s script once, the page’s own if there is one',
    OWN_FLEX,
    async ({ agent, visitor }) => {
      const requests = [];
      agent.context.on('request', (request) => {
        if (request.url().includes('script=PresenceAgent')) requests.push(request.url());
      });
      const address = `${agent.origins.glance}/cobrowse/CobrowseJS.ashx?groupid=20541&script=PresenceAgent`;
      await agent.context.addInitScript((src) => {
        document.addEventListener('DOMContentLoaded', () => {
          const script = Object.assign(document.createElement('script'), { src });
          script.id = 'glance-cobrowse';
          script.dataset.groupid = '20541';
          if (window.top === window) document.head.append(script);
        });
      }, address);
      await agent.start({ settings: PRESENCE });
      await come(agent, visitor, 'Ann');
      expect(requests).toHaveLength(1);
    },
  );

  test('is asked for one authorization, and each visitor has one connection', async ({
    agent,
    visitor,
  }) => {
    const before = await agent.control.presence();
    for (let i = 0; i < 9; i += 1) {
      await agent.control.task(`Bob ${i}`, { glance_visitor_id: `bob-${i}` });
    }
    await agent.start({ settings: PRESENCE });
    await come(agent, visitor, 'Ann');
    await expect
      .poll(async () => (await agent.control.presence()).agents.open)
      .toBe(before.agents.open + 10);
    const { authorizations, agents } = await agent.control.presence();
    expect(authorizations - before.authorizations).toBe(1);
    expect(agents.opened - before.agents.opened).toBe(10);

    await agent.control.call('DELETE', 'tasks');
    await expect.poll(async () => (await agent.control.presence()).agents.open).toBe(0);

    // The next visitor needs no other one.
    await agent.control.task('Zoe', { glance_visitor_id: 'zoe-1' });
    await agent.select('Zoe');
    await expect(agent.header.status).toHaveText(AWAY);
    expect((await agent.control.presence()).authorizations - before.authorizations).toBe(1);
  });

  test('keeps seeing the visitor when the authorization lapses', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    await come(agent, visitor, 'Ann');
    const { authorizations } = await agent.control.presence();
    await agent.control.expireAuthorizations();
    // One that was given a moment ago is not asked for anew: it is the agent who tries again.
    const retry = agent.header.button('retry_presence');
    await retry.click();
    await expect(agent.header.status).toHaveText(HERE);
    const after = await agent.control.presence();
    expect(after.authorizations).toBe(authorizations + 1);
    expect(after.agents.open).toBe(1);
  });

  test('keeps seeing the visitor when the connection breaks', async ({ agent, visitor }) => {
    await agent.start({ settings: PRESENCE });
    await come(agent, visitor, 'Ann');
    await agent.control.dropAgents();
    await expect(agent.header.status).toHaveText(
      text('presence_unavailable', { reason: text('presence_connection') }),
    );
    await expect(agent.header.status).toHaveText(HERE);
  });

  for (const [name, scenario, reason] of [
    ['the script is blocked', { presence_script: 'blocked' }, text('presence_script')],
    ['Glance refuses the agent', { authorization: 'refused' }, text('presence_refused')],
    ['the Function refuses', { function: 'forbidden' }, text('failed_refused', { status: 403 })],
  ]) {
    test(
      `is told the reason when ${name}, can try again, and still join by key`,
      OWN_FLEX,
      async ({ agent, visitor }) => {
        await agent.context.clock.install();
        const id = newId('ann');
        await agent.control.task('Ann', { glance_visitor_id: id });
        await agent.start({ settings: PRESENCE, ...scenario });
        await agent.select('Ann');
        await arrive(visitor, id);
        await expect(agent.header.status).toHaveText(text('presence_unavailable', { reason }));
        await expect(agent.header.button('have_key')).toBeVisible();

        // Time stands still, so that it is the agent's click which tries again.
        const soon = await agent.page.evaluate(() => Date.now() + 5_000);
        await agent.page.clock.pauseAt(soon);
        // On the way there it may have tried by itself: that has failed as well once this is seen.
        const again = agent.header.button('retry_presence');
        await expect(again).toBeVisible();
        const [switched] = Object.keys(scenario);
        await agent.control.scenario({ [switched]: 'none' });
        await again.click();
        await agent.page.clock.resume();
        await expect(agent.header.status).toHaveText(HERE);
      },
    );
  }
});

test.describe('Where the viewer opens elsewhere the agent', () => {
  test.setTimeout(120_000);

  test('has a window that opens inside the click and waits', async ({ agent, visitor }) => {
    await agent.start({ settings: { ...PRESENCE, openlocation: 'window' } });
    await come(agent, visitor, 'Ann');
    const opened = agent.context.waitForEvent('page');
    await agent.button.click();
    const viewer = new Viewer(await opened);
    await expect(viewer.waits).toBeVisible();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(viewer.title).toHaveText('Tea, simply.');
    await expect(agent.header.status).toHaveText(text('in_session'));
  });

  test('has a tab at once if the author wants it so', async ({ agent, visitor }) => {
    const settings = { ...PRESENCE, openlocation: 'tab', immediatetab: true };
    await agent.start({ settings });
    await come(agent, visitor, 'Ann');
    const opened = agent.context.waitForEvent('page');
    await agent.button.click();
    const viewer = new Viewer(await opened);
    await expect(viewer.waits).toBeVisible();
    await agent.header.button('cancel').click();
    await expect.poll(() => viewer.root.isClosed()).toBe(true);
    await expect(agent.header.status).toHaveText(HERE);
  });

  test('stays in Flex until the visitor accepts, and opens a blocked tab from a notification', async ({
    agent,
    visitor,
  }) => {
    await agent.start({
      popups: 'blocked',
      settings: { ...PRESENCE, openlocation: 'tab' },
    });
    await come(agent, visitor, 'Ann');
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('visitor_asked'));
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(agent.notification.message).toHaveText(
      text('notify_accepted', { customer: 'Ann' }),
    );
    await expect(agent.header.link('open_viewer')).toBeVisible();

    await agent.control.scenario({ popups: 'allowed' });
    const opened = agent.context.waitForEvent('page');
    await agent.notification.button('open_viewer').click();
    await expect(new Viewer(await opened).title).toHaveText('Tea, simply.');
  });
});

/** Routes a task whose visitor comes to the shop, and selects it; answers the visitor's ID. */
async function come(agent, visitor, name) {
  const id = newId(name.toLowerCase());
  await agent.control.task(name, { glance_visitor_id: id });
  await meet(agent, visitor, name, id);
  return id;
}

/** Starts a chat in the shop and accepts its task; answers the chat's SID. */
async function chat(agent, visitor, name) {
  await visitor.openWithChat('/');
  const sid = await visitor.startChat(name);
  await agent.page
    .getByRole('button', { name: /Accept/ })
    .first()
    .click();
  await agent.select(name);
  return sid;
}
