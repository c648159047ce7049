// A session whose end may have been missed is not certain, and the agent says what became of it.

import { meet, newId, PRESENCE, share } from './customers.mjs';
import { anyOf, text } from './texts.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

test.describe('A session whose end may have been missed', OWN_FLEX, () => {
  test.setTimeout(120_000);

  /** In session for a minute; then presence breaks for ten, and the customer ends meanwhile. */
  async function missTheEnd(agent, visitor) {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.start({ plugin: 'forms', settings: { form: 'header', ...PRESENCE } });
    await meet(agent, visitor, 'Ann', ann);
    await agent.page.clock.install();
    await share(agent, visitor);
    await agent.page.clock.fastForward('01:00');
    await agent.control.scenario({ presence: 'down' });
    await expect(agent.header.status).toHaveText(text('not_certain'));
    await visitor.endButton.click();
    await expect(visitor.bar).toHaveCount(0);
    await agent.page.clock.fastForward('10:00');
    const { visitors } = await agent.control.presence();
    await agent.control.scenario({ presence: 'none' });
    await expect
      .poll(async () => (await agent.control.presence()).visitors.connected)
      .toBe(visitors.connected + 1);
    await agent.page.clock.fastForward('01:00');
    return ann;
  }

  /** Asks on which terms it goes on. */
  async function expectUncertain(agent) {
    await expect(agent.header.status).toHaveText(text('not_certain'));
    await expect(agent.header.alert).toContainText(text('session_uncertain'));
    await expect(agent.header.message.buttons).toHaveText([text('ask_again'), text('it_is_over')]);
    await expect(agent.header.button('have_key')).toBeVisible();
  }

  const ends = (agent) =>
    agent.page.evaluate(() => window.glanceSessions.filter(([what]) => what === 'end'));

  test('is over when the agent says so, with the time up to the last certain moment', async ({
    agent,
    visitor,
  }) => {
    await missTheEnd(agent, visitor);
    await expectUncertain(agent);
    expect(await ends(agent)).toEqual([]);
    await agent.header.message.button('it_is_over').click();
    await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
    await expect(agent.header.status).toHaveText(
      anyOf(['session_over', 'visitor_here', 'visitor_here_at']),
    );
    const [[, ended], ...others] = await ends(agent);
    expect(others).toEqual([]);
    expect(ended.reason).toBe('ended');
    expect(ended.duration).toBeGreaterThanOrEqual(60);
    expect(ended.duration).toBeLessThan(600);
    await expect(agent.header.button('have_key')).toBeVisible();
  });

  test('begins anew with a customer who is asked again and accepts', async ({ agent, visitor }) => {
    const ann = await missTheEnd(agent, visitor);
    await expectUncertain(agent);
    await agent.header.message.button('ask_again').click();
    await expect(agent.header.status).toHaveText(text('visitor_asked'));
    expect(await ends(agent)).toHaveLength(1);
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(agent.header.status).toHaveText(text('in_session'));
    await expect(new Viewer(agent.viewerFrame(ann)).title).toHaveText('Tea, simply.');
    await visitor.endButton.click();
    await expect(agent.header.status).toHaveText(
      anyOf(['session_over', 'visitor_here', 'visitor_here_at']),
    );
    expect(await ends(agent)).toHaveLength(2);
  });
});
