// Presence that fails comes back, by itself or with a click, and never quietly stays away.

import { AWAY, connections, HERE, meet, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { expect, OWN_FLEX, test } from './visitor.mjs';

const retry = (agent) => agent.header.button('retry_presence');

/** Just before an authorization of two hours is renewed. */
const RENEWAL = '01:55:01';

test.describe('Presence comes back', OWN_FLEX, () => {
  test.setTimeout(120_000);

  test('after an authorization that is never answered, when the agent tries again', async ({
    agent,
  }) => {
    await agent.control.task('Ann', { glance_visitor_id: newId('ann') });
    const before = await agent.control.presence();
    await agent.context.clock.install();
    await agent.start({ authorization: 'silent', settings: PRESENCE });
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(text('presence_checking'));
    const asked = async () =>
      (await agent.control.presence()).authorization_requests - before.authorization_requests;
    await expect.poll(asked).toBe(1);
    await agent.context.clock.fastForward(20_000);
    await expect(agent.header.status).toHaveText(
      text('presence_unavailable', { reason: text('presence_authorization') }),
    );
    await agent.control.scenario({ authorization: 'none' });
    await retry(agent).click();
    await expect(agent.header.status).toHaveText(AWAY);
  });

  test('by itself after an authorization that fails once', async ({ agent, visitor }) => {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    const before = await agent.control.presence();
    await agent.start({ authorization: 'flaky', settings: PRESENCE });
    await meet(agent, visitor, 'Ann', ann);
    const after = await agent.control.presence();
    expect(after.authorization_requests - before.authorization_requests).toBe(2);
    expect(after.authorizations - before.authorizations).toBe(1);
  });

  test('and does not go while an authorization holds, though its renewal is forbidden', async ({
    agent,
    visitor,
  }) => {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.context.clock.install();
    await agent.start({ settings: PRESENCE });
    await meet(agent, visitor, 'Ann', ann);
    await agent.page.evaluate(noteStatuses);
    const before = await agent.control.presence();

    await agent.control.scenario({ function: 'forbidden' });
    const refused = agent.page.waitForResponse((response) => response.status() === 403);
    await agent.context.clock.fastForward(RENEWAL);
    await refused;
    await expect(agent.header.status).toHaveText(HERE);
    await expect.poll(() => connections(agent)).toBe(1);

    await agent.control.scenario({ function: 'none' });
    await agent.context.clock.fastForward('00:31');
    const authorizations = async () =>
      (await agent.control.presence()).authorizations - before.authorizations;
    await expect.poll(authorizations).toBe(1);
    await agent.context.clock.fastForward('10:00');
    await expect(agent.header.status).toHaveText(HERE);
    const said = await agent.page.evaluate(() => window.statuses);
    expect(said.filter((text) => text.includes('unavailable'))).toEqual([]);
  });

  test('where Glance rejects a connection of the authorization before the renewed one', async ({
    agent,
    visitor,
  }) => {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.context.clock.install();
    await agent.start({ settings: PRESENCE });
    await meet(agent, visitor, 'Ann', ann);
    await agent.page.evaluate(noteStatuses);
    const { agents } = await agent.control.presence();
    await agent.control.scenario({ connection: 'old_rejected' });
    await agent.context.clock.fastForward(RENEWAL);
    const opened = async () => (await agent.control.presence()).agents.opened;
    await expect.poll(opened).toBe(agents.opened + 1);
    await expect(agent.header.status).toHaveText(HERE);
    expect(await connections(agent)).toBe(1);
    const said = await agent.page.evaluate(() => window.statuses);
    expect(said.filter((text) => text.includes('refused'))).toEqual([]);
  });

  test('after a connection that says nothing', async ({ agent, visitor }) => {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.context.clock.install();
    await agent.start({ settings: PRESENCE });
    await meet(agent, visitor, 'Ann', ann);
    await agent.control.scenario({ connection: 'silent' });
    const { agents } = await agent.control.presence();
    await agent.control.dropAgents();
    const told = text('presence_unavailable', { reason: text('presence_connection') });
    await expect(agent.header.status).toHaveText(told);
    const opened = async () => (await agent.control.presence()).agents.opened - agents.opened;
    for (let tries = 1; tries <= 3; tries += 1) {
      // The next connection is made, nobody answers, and that is said.
      await agent.context.clock.fastForward('01:00');
      await expect.poll(opened).toBeGreaterThanOrEqual(tries);
      await agent.context.clock.fastForward('00:11');
      await expect(agent.header.status).toHaveText(told);
      await expect(retry(agent)).toBeVisible();
    }
    await agent.control.scenario({ connection: 'none' });
    await agent.context.clock.fastForward('01:00');
    await expect(agent.header.status).toHaveText(HERE);
  });
});

/** Notes what the header says from now on. */
function noteStatuses() {
  window.statuses = [];
  const look = () => {
    for (const host of document.querySelectorAll('.Twilio-TaskCanvasHeader *')) {
      const text = host.shadowRoot?.querySelector('[role="status"]')?.textContent;
      if (text && text !== window.statuses.at(-1)) window.statuses.push(text);
    }
  };
  const observe = ({ shadowRoot }) =>
    new MutationObserver(look).observe(shadowRoot, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  const hosts = [...document.querySelectorAll('.Twilio-TaskCanvasHeader *')];
  hosts.filter(({ shadowRoot }) => shadowRoot).forEach(observe);
  look();
}
