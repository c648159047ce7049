import { expect, test } from './fixtures.mjs';

/**
 * A page with the self-hosted Webchat React app: its version of the client, and of its store the part that
 * holds the conversation from the session's start on (`src/store/chat.reducer.ts`). The page subscribes to
 * the store as docs/site.md says.
 */
async function withApp(shop, twilio) {
  const sid = twilio.chats.open('customer');
  await shop.open({ html: '<script src="/webchat-app-conversations.js"></script>' });
  await shop.page.evaluate(
    ([token, conversationSid]) => {
      const listeners = new Set();
      let state = { chat: {} };
      const store = {
        getState: () => state,
        subscribe: (listener) => listeners.add(listener),
      };
      window.dispatch = (chat) => {
        state = { ...state, chat: { ...state.chat, ...chat } };
        listeners.forEach((listener) => listener());
      };
      window.problems = [];

      let followed;
      let connection;
      store.subscribe(() => {
        const { conversation } = store.getState().chat;
        if (conversation === followed) return;
        if (connection) connection.stop();
        followed = conversation;
        connection =
          conversation &&
          FlexGlanceVisitor.connectConversation(conversation, {
            onerror: ({ code, message }) => window.problems.push({ code, message }),
          });
      });

      window.initSession = async () => {
        const client = await Twilio.Conversations.Client.create(token);
        const conversation = await client.getConversationBySid(conversationSid);
        await conversation.getMessages(80);
        window.version = Twilio.Conversations.Client.version;
        window.dispatch({ conversation, conversationState: conversation.state?.current });
      };
    },
    [twilio.token('customer'), sid],
  );
  return sid;
}

test.describe('In the self-hosted Webchat React app the visitor', () => {
  test('is present once they have written, under the conversation’s SID', async ({
    shop,
    twilio,
  }) => {
    const sid = await withApp(shop, twilio);
    await shop.page.evaluate(() => window.initSession());
    expect(await shop.page.evaluate(() => window.version)).toBe('2.1.0-rc.0');
    expect(await shop.made()).toEqual([]);
    twilio.chats.write(sid, 'customer', 'Hello');
    await shop.expectPresent(sid);
    expect(await shop.reported()).toEqual([]);
  });

  test('is present at once in a session that a reload resumes', async ({ shop, twilio }) => {
    const sid = await withApp(shop, twilio);
    twilio.chats.write(sid, 'customer', 'Hello');
    await shop.page.evaluate(() => window.initSession());
    await shop.expectPresent(sid);
  });

  test('is away once the conversation is closed', async ({ shop, twilio }) => {
    const sid = await withApp(shop, twilio);
    twilio.chats.write(sid, 'customer', 'Hello');
    await shop.page.evaluate(() => window.initSession());
    await shop.expectPresent(sid);
    twilio.chats.close(sid);
    await shop.expectPresent();
  });
});
