import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, opened } from './viewers.mjs';

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

const STANDS_BACK = /another plugin on this desktop brought its own copy.*Switch one/;

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
