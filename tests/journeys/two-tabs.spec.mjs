import { arrive, AWAY, HERE, newId, PRESENCE } from './customers.mjs';
import { Agent } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expect, OWN_FLEX, test } from './visitor.mjs';

const settings = { form: 'header', ...PRESENCE };

test.describe('Flex in two tabs of one browser', OWN_FLEX, () => {
  test('reports each session once', async ({ agent, visitor }) => {
    const { first, second } = await openTwice(agent, visitor);
    await share(second, visitor);
    await expect(first.header.status).toHaveText(text('session_unseen'));
    await expect.poll(() => reported(first, second)).toEqual(['start']);
    await visitor.endButton.click();
    await expect(first.header.status).toHaveText(text('session_over'));
    await expect.poll(() => reported(first, second)).toEqual(['start', 'end']);
  });

  test('reports the end where the tab that reported the start is closed', async ({
    agent,
    visitor,
  }) => {
    const { first, second } = await openTwice(agent, visitor);
    await share(second, visitor);
    await expect(first.header.status).toHaveText(text('session_unseen'));
    await expect.poll(() => reported(second)).toEqual(['start']);
    await second.page.close();
    await visitor.endButton.click();
    await expect.poll(() => reported(first)).toEqual(['end']);
  });

  test('raises a notification where the agent looks, and nowhere else', async ({
    agent,
    visitor,
  }) => {
    await agent.control.task('Bob', { glance_visitor_id: newId('bob') });
    const { first, second, id } = await openTwice(agent, visitor);
    await visitor.page.goto('about:blank');
    await expect(second.header.status).toHaveText(AWAY);
    await first.select('Bob');
    await second.select('Bob');
    await arrive(visitor, id);
    const arrived = text('notify_arrived', { customer: 'Ann' });
    await expect(second.notification.message).toHaveText(arrived);
    await expect(first.notification.message).toHaveCount(0);

    await first.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(first.notification.message).toHaveText(arrived);
    await expect(second.notification.message).toHaveCount(0);
    await first.page.close();
    await expect(second.notification.message).toHaveText(arrived);
  });
});

/** Ann is selected in both tabs; the agent looks at the second. */
async function openTwice(agent, visitor) {
  const id = newId('ann');
  await agent.control.task('Ann', { glance_visitor_id: id });
  const first = await agent.start({ plugin: 'forms', settings });
  await first.select('Ann');
  const second = new Agent({ origins: agent.origins, control: agent.control }, agent.context);
  second.page = await agent.context.newPage();
  await second.page.goto(`${agent.origins.desktop}/`);
  await second.select('Ann');
  await arrive(visitor, id);
  await expect(first.header.status).toHaveText(HERE);
  await expect(second.header.status).toHaveText(HERE);
  return { first, second, id };
}

async function share(agent, visitor) {
  await agent.button.click();
  await visitor.terms.getByRole('button', { name: 'Accept' }).click();
  await expect(agent.header.status).toHaveText(text('in_session'));
}

/** What the plugins of these tabs were told of sessions, by tab. */
async function reported(...agents) {
  const told = await Promise.all(agents.map(({ page }) => page.evaluate('window.glanceSessions')));
  return told.flat().map(([kind]) => kind);
}
