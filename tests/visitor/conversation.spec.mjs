import { expect, test } from './fixtures.mjs';

/** A page that owns a Conversations client, in a conversation with what was written before. */
async function inConversation(shop, twilio, { written = [], ...options } = {}) {
  const sid = twilio.chats.open('customer');
  for (const text of written) twilio.chats.write(sid, 'customer', text);
  await shop.open();
  await shop.page.evaluate(
    async ([token, conversationSid, given]) => {
      const client = new Twilio.Conversations.Client(token);
      window.conversation = await client.getConversationBySid(conversationSid);
      window.problems = [];
      window.connection = FlexGlanceVisitor.connectConversation(window.conversation, {
        onerror: ({ code, message }) => window.problems.push({ code, message }),
        ...given,
      });
    },
    [twilio.token('customer'), sid, options],
  );
  return sid;
}

test.describe('In a conversation the visitor', () => {
  test('is present from the first message on', async ({ shop, twilio }) => {
    const sid = await inConversation(shop, twilio);
    expect(await shop.made()).toEqual([]);
    await shop.page.evaluate(() => window.conversation.sendMessage('Hello'));
    await shop.expectPresent(sid);
    expect(await shop.reported()).toEqual([]);
  });

  test('is present at once in one that goes on', async ({ shop, twilio }) => {
    const sid = await inConversation(shop, twilio, { written: ['Hello', 'Anybody there?'] });
    await shop.expectPresent(sid);
    await shop.page.evaluate(() => window.conversation.sendMessage('I am back'));
    await expect
      .poll(() => shop.page.evaluate(() => window.conversation.lastMessage.index))
      .toBe(2);
    expect(await shop.made()).toEqual([sid]);
  });

  test('is present before anything is written, if the page asks for that', async ({
    shop,
    twilio,
  }) => {
    const sid = await inConversation(shop, twilio, { start: 'chat' });
    await shop.expectPresent(sid);
  });

  test('is away once it is closed', async ({ shop, twilio }) => {
    const sid = await inConversation(shop, twilio, { written: ['Hello'] });
    await shop.expectPresent(sid);
    twilio.chats.close(sid);
    await shop.expectPresent();
  });

  test('is away once it is deleted', async ({ shop, twilio }) => {
    const sid = await inConversation(shop, twilio, { written: ['Hello'] });
    await shop.expectPresent(sid);
    twilio.chats.delete(sid);
    await shop.expectPresent();
  });

  test('is away once they have left', async ({ shop, twilio }) => {
    const sid = await inConversation(shop, twilio, { written: ['Hello'] });
    await shop.expectPresent(sid);
    twilio.chats.leave(sid);
    await shop.expectPresent();
  });

  test('is away for good after stop', async ({ shop, twilio }) => {
    const sid = await inConversation(shop, twilio, { written: ['Hello'] });
    await shop.expectPresent(sid);
    await shop.page.evaluate(() => window.connection.stop());
    await shop.expectPresent();
    await shop.page.evaluate(() => window.conversation.sendMessage('Still here'));
    await expect
      .poll(() => shop.page.evaluate(() => window.conversation.lastMessage.index))
      .toBe(1);
    expect(await shop.made()).toEqual([sid]);
  });
});

test('What is no conversation is reported and not thrown', async ({ shop }) => {
  await shop.open();
  const code = await shop.page.evaluate(
    () =>
      new Promise((resolve) => {
        FlexGlanceVisitor.connectConversation(undefined, { onerror: (it) => resolve(it.code) });
      }),
  );
  expect(code).toBe('conversation');
});
