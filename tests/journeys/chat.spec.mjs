// The main story of a chat: the genuine Flex WebChat in the shop and the genuine Flex UI.

import { accept } from './offers.mjs';
import { expect, OWN_FLEX, test } from './visitor.mjs';

test.describe('A chat between a visitor and the agent', () => {
  test('begins in the shop, is answered in Flex and ends with the task', async ({
    agent,
    visitor,
  }) => {
    const noise = listen(visitor.page);
    await agent.start();
    listen(agent.page, noise);
    await visitor.openWithChat('/');
    const sid = await visitor.startChat('Jenny', 'My cup leaks.');

    // The task comes from the Studio flow, with the chat as its Glance visitor.
    await expect(agent.page.getByText('Jenny', { exact: true }).first()).toBeVisible();
    const [task] = await agent.control.tasks();
    expect(task.attributes).toEqual({
      name: 'Jenny',
      channelType: 'web',
      channelSid: sid,
      glance_visitor_id: sid,
    });
    expect(task.state).toBe('pending');

    await accept(agent.page, 'Jenny');
    await expect(said(agent, 'My cup leaks.')).toBeVisible();
    await expect(visitor.chat.getByText('Read', { exact: true })).toBeVisible();

    // Each sees the other typing, and what they write.
    await composer(agent).pressSequentially('Which one');
    await expect(visitor.chat.getByText('Maria Lopez is typing')).toBeVisible();
    await reply(agent, 'Which one is it?');
    await expect(visitor.chat.getByText('Which one is it?')).toBeVisible();
    // Conversations tells it once in ten seconds at the most, and has told of the first message.
    await expect(async () => {
      await visitor.chatInput.pressSequentially('The');
      await expect(agent.page.getByText('Jenny is typing')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await visitor.write('The green one.');
    await expect(said(agent, 'The green one.')).toBeVisible();

    await agent.page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(visitor.chat.getByText('Thanks for chatting with us!')).toBeVisible();
    await expect(agent.page.getByText('Wrap up |')).toBeVisible();
    await agent.page.getByRole('button', { name: 'Complete', exact: true }).click();
    await expect(agent.page.getByText('No active tasks').first()).toBeVisible();

    // The next chat is another one, and another task.
    await visitor.chat.getByRole('button', { name: 'Start new chat' }).click();
    await visitor.introduce('Jenny again');
    await visitor.write('One more thing.');
    await expect(agent.page.getByText('Jenny again', { exact: true }).first()).toBeVisible();

    expect(agent.errors).toEqual([]);
    expect(noise).toEqual([]);
    expect(await agent.control.unknownCalls()).toEqual([]);
  });

  test(
    'goes on after either of them has loaded their page anew',
    OWN_FLEX,
    async ({ agent, visitor }) => {
      await agent.start();
      await visitor.openWithChat('/');
      await visitor.startChat('Ann', 'Hello?');
      await accept(agent.page, 'Ann');
      await expect(said(agent, 'Hello?')).toBeVisible();

      await visitor.page.reload();
      await expect(visitor.chat.getByText('Hello?')).toBeVisible();
      await visitor.write('Still here.');
      await expect(said(agent, 'Still here.')).toBeVisible();

      await agent.page.reload();
      await agent.select('Ann');
      await expect(said(agent, 'Still here.')).toBeVisible();
      await reply(agent, 'So am I.');
      await expect(visitor.chat.getByText('So am I.')).toBeVisible();
      await visitor.open('/teas');
      await expect(visitor.chat.getByText('So am I.')).toBeVisible();
      expect(agent.errors).toEqual([]);
    },
  );

  test('ends for the visitor when the task is taken away', async ({ agent, visitor }) => {
    await visitor.openWithChat('/');
    await visitor.startChat('Bob');
    const [task] = await agent.control.tasks();
    await agent.control.end(task.task, 'cancel');
    await expect(visitor.chat.getByText('Thanks for chatting with us!')).toBeVisible();
  });
});

/** Collects what the page says on its console as an error. */
function listen(page, noise = []) {
  page.on('console', (message) => {
    if (message.type() === 'error') noise.push(message.text());
  });
  return noise;
}

/** A message in the task's chat view. */
function said(agent, text) {
  return agent.page.locator('.Twilio-MessageList').getByText(text, { exact: true });
}

/** Where the agent types. */
function composer(agent) {
  return agent.page.getByPlaceholder('Type message');
}

/** Writes as the agent. */
async function reply(agent, text) {
  await composer(agent).fill(text);
  await composer(agent).press('Enter');
}
