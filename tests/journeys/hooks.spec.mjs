import { HERE } from './customers.mjs';
import { text } from './texts.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

test.describe('An author’s own code', () => {
  test.setTimeout(90_000);

  test('hears of a start before it happens, and may stop it', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await agent.page.evaluate(() => {
      window.heard = [];
      const { Actions } = window.Twilio.Flex;
      Actions.addListener('beforeGlanceStartSession', (payload, abort) => {
        window.heard.push(payload.sid);
        if (window.heard.length === 1) abort();
      });
    });
    await agent.button.click();
    await agent.page.waitForFunction(() => window.heard.length === 1);
    await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    const heard = await agent.page.evaluate(() => window.heard);
    expect(heard[1]).toMatch(/^WR/);
    expect(agent.errors).toEqual([]);
  });

  test('starts, joins and ends sessions, of tasks that are not selected too', async ({ agent }) => {
    const sid = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start();
    await agent.select('Bob');
    await invoke(agent, 'GlanceStartSession', { sid });
    await expect(agent.page.locator('iframe[src*="SessionKey=alice-1"]')).toHaveCount(1);
    await invoke(agent, 'GlanceJoinWithKey', { sessionKey: '12 34' });
    await expect(agent.viewerFrame('1234').getByText('Waiting for the visitor')).toBeVisible();
    await invoke(agent, 'GlanceEndSession', {});
    await expect(agent.page.locator('iframe[src*="SessionKey=1234"]')).toHaveCount(0);
    await expect(agent.page.locator('iframe[src*="SessionKey=alice-1"]')).toHaveCount(1);
  });

  test('is told what is wrong with what it asks for', async ({ agent }) => {
    await agent.control.task('Bob');
    await agent.start();
    await agent.select('Bob');
    for (const [name, payload, told] of [
      ['GlanceStartSession', { sid: 'WR0' }, 'names none of the agent'],
      ['GlanceStartSession', {}, 'names no visitor'],
      ['GlanceJoinWithKey', {}, 'needs a sessionKey'],
      ['GlanceJoinWithKey', { sessionKey: 'a b&c' }, 'letters, digits'],
    ]) {
      expect(await invoke(agent, name, payload), name).toContain(told);
    }
  });

  test(
    'is told when a session starts and ends, with its length and reason',
    OWN_FLEX,
    async ({ agent, visitor }) => {
      const settings = { form: 'header', presence: true, video: 'agent' };
      await agent.start({ plugin: 'forms', settings });
      await visitor.openWithChat('/');
      const key = await visitor.startChat('Ann');
      await agent.page
        .getByRole('button', { name: /^Accept/ })
        .first()
        .click();
      await expect(agent.header.status).toHaveText(HERE);
      await agent.button.click();
      await expect(visitor.terms).toContainText(/video/i);
      await visitor.terms.getByRole('button', { name: 'Accept' }).click();
      await expect(new Viewer(agent.viewerFrame(key)).title).toHaveText('Tea, simply.');
      const src = await agent.page.locator('iframe[src*="AgentView"]').getAttribute('src');
      expect(src).toContain('&agentVideo=true');

      await visitor.endButton.click();
      await expect(agent.header.status).toHaveText(text('session_over'));
      const [started, ended] = await agent.page.evaluate(() => window.glanceSessions);
      expect(started).toEqual(['start', { sid: expect.stringMatching(/^WR/) }]);
      expect(ended).toEqual([
        'end',
        { sid: started[1].sid, duration: expect.any(Number), reason: 'ended' },
      ]);
      expect(ended[1].duration).toBeGreaterThan(0);
    },
  );
});

/** Invokes a Flex Action; answers what it rejects with. */
function invoke(agent, name, payload) {
  return agent.page.evaluate(
    ([action, given]) =>
      window.Twilio.Flex.Actions.invokeAction(action, given).then(
        () => '',
        (error) => String(error.message || error),
      ),
    [name, payload],
  );
}
