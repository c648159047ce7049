// What a plugin registered, it can take back: everything, at once.

import { arrive, AWAY, connections, HERE, invoke, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { opened } from './viewers.mjs';
import { expect, OWN_FLEX, test } from './visitor.mjs';

const settings = { form: 'registered', ...PRESENCE };
const end = (agent) => agent.page.evaluate(() => window.glanceRegistration.end());
const begin = (agent) => agent.page.evaluate(() => window.glanceRegistration.begin());

test.describe('Taking a registration back', OWN_FLEX, () => {
  test.setTimeout(120_000);

  test('leaves no content, viewer, connection, notification or Action', async ({
    agent,
    visitor,
  }) => {
    const ann = newId('ann');
    const sid = await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.control.task('Bob', { glance_visitor_id: newId('bob') });
    await agent.start({ plugin: 'forms', settings: { ...settings, openlocation: 'window' } });
    await agent.select('Bob');
    await expect(agent.header.status).toHaveText(AWAY);
    await expect.poll(() => connections(agent)).toBe(2);
    await agent.header.button('have_key').click();
    await agent.header.keyForm.field.fill('1234');
    const join = agent.header.keyForm.join;
    const viewer = await opened(agent, () => join.click());
    await arrive(visitor, ann);
    await expect(agent.notification.message).toHaveText(
      text('notify_arrived', { customer: 'Ann' }),
    );

    const closed = viewer.waitForEvent('close');
    await end(agent);
    await closed;
    await expect(agent.header.root).toHaveCount(0);
    await expect(agent.panel.root).toHaveCount(0);
    await expect(agent.notification.message).toHaveCount(0);
    await expect.poll(() => connections(agent)).toBe(0);
    for (const name of ['GlanceStartSession', 'GlanceJoinWithKey', 'GlanceEndSession']) {
      const told = await invoke(agent, name, { sid, sessionKey: '1234' });
      expect(told).toBe(`${name}: Glance Cobrowse is not registered any more.`);
    }
    await agent.select('Ann');
    await expect(agent.header.root).toHaveCount(0);

    // Registering again starts clean, but for what stands on the task: its viewer was closed, and nothing told an end.
    await begin(agent);
    await agent.select('Bob');
    await expect(agent.header.status).toHaveText(text('not_certain'));
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(HERE);
    await expect.poll(() => connections(agent)).toBe(2);
    await expect(agent.button).toHaveCount(1);
    expect(await invoke(agent, 'GlanceJoinWithKey', { sid, sessionKey: '1234' })).toBe('');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(agent.errors).toEqual([]);
  });

  test('prevents a start that was only scheduled', async ({ agent }) => {
    const scripts = [];
    agent.context.on('request', (request) => {
      if (request.url().includes('script=PresenceAgent')) scripts.push(request.url());
    });
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    const before = await agent.control.presence();
    // Nothing that is scheduled happens before the clock is told to run.
    await agent.context.clock.install();
    await agent.start({ plugin: 'forms', settings: { ...settings, form: 'unregistered' } });
    await agent.context.clock.fastForward(60_000);
    await agent.select('Ann');
    await expect(agent.header.root).toHaveCount(0);
    await agent.context.clock.fastForward(60_000);
    const after = await agent.control.presence();
    expect(after.authorization_requests).toBe(before.authorization_requests);
    expect(after.agents.opened).toBe(before.agents.opened);
    expect(scripts).toEqual([]);
  });
});
