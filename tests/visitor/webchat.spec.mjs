import { expect, test } from './fixtures.mjs';

/** A visitor in a chat of theirs, with what they have written. */
async function inChat(shop, text, options) {
  await shop.open();
  await shop.startWebchat(options);
  await shop.openChat();
  const sid = await shop.channelSid();
  if (text) {
    await shop.write(text);
    await expect(shop.message(text)).toBeVisible();
  }
  return sid;
}

/** Loads the page again, once the webchat has noted which chat to resume. */
async function reload(shop, sid) {
  const noted = () => localStorage.getItem('twilio-flex-cf');
  await expect.poll(() => shop.page.evaluate(noted)).toContain(sid);
  await shop.page.reload();
}

test.describe('In Flex WebChat the visitor', () => {
  test('is present from the first message on, once for the chat', async ({ shop }) => {
    const sid = await inChat(shop);
    expect(await shop.made()).toEqual([]);

    await shop.write('Is the kettle still on sale?');
    await shop.expectPresent(sid);
    await shop.write('The blue one');
    await expect(shop.message('The blue one')).toBeVisible();
    expect(await shop.made()).toEqual([sid]);
    expect(await shop.page.evaluate(() => window.visitors[0].parameters.groupid)).toBe('20541');
    expect(await shop.page.evaluate(() => window.connection.visitorId)).toBe(sid);
    expect(await shop.reported()).toEqual([]);
  });

  test('is present with a manager alone, as Twilio’s npm sample makes it', async ({ shop }) => {
    await shop.open();
    const sid = await shop.page.evaluate(async () => {
      const { Actions, Manager } = Twilio.FlexWebChat;
      window.problems = [];
      const manager = await Manager.create({
        accountSid: `AC${'0'.repeat(32)}`,
        flexFlowSid: `FO${'0'.repeat(32)}`,
      });
      FlexGlanceVisitor.connectWebchat(manager, {
        Actions,
        onerror: ({ code, message }) => window.problems.push({ code, message }),
      });
      await Actions.invokeAction('StartEngagement', { formData: {} });
      const { channelSid } = manager.store.getState().flex.session;
      await Actions.invokeAction('SendMessage', { channelSid, body: 'Hello' });
      return channelSid;
    });
    await shop.expectPresent(sid);
    expect(await shop.reported()).toEqual([]);
  });

  test('is present before they write, if the page asks for that', async ({ shop }) => {
    const sid = await inChat(shop, '', { start: 'chat', data: { basket: 3 } });
    await shop.expectPresent(sid);
    expect(await shop.page.evaluate(() => window.visitors[0].data)).toEqual({ basket: 3 });
  });

  test('is present after a message that no action announces, such as a file', async ({
    shop,
    twilio,
  }) => {
    const sid = await inChat(shop);
    twilio.chats.write(sid, 'visitor', 'photo.jpg');
    await shop.expectPresent(sid);
  });

  test('is not present after a message that Twilio refused', async ({ shop, twilio }) => {
    twilio.faults.sendMessage = 403;
    const sid = await inChat(shop);
    const refused = shop.page.waitForEvent('console', (line) =>
      line.text().includes('Failed to send message'),
    );
    await shop.write('Is anybody there?');
    await refused;
    expect(await shop.made()).toEqual([]);

    delete twilio.faults.sendMessage;
    await shop.write('And now?');
    await shop.expectPresent(sid);
  });

  test('is present under the new chat’s ID alone after starting a new chat', async ({ shop }) => {
    const first = await inChat(shop, 'Hello');
    await shop.expectPresent(first);
    await shop.page.evaluate(() => Twilio.FlexWebChat.Actions.invokeAction('RestartEngagement'));
    await shop.expectPresent();
    await expect(shop.message('Hello')).toHaveCount(0);
    const second = await shop.channelSid();
    expect(second).not.toBe(first);

    await shop.write('Hello again');
    await shop.expectPresent(second);
    expect(await shop.made()).toEqual([first, second]);
  });

  test('is away once the agent has ended the chat, and back in the next', async ({
    shop,
    twilio,
  }) => {
    const first = await inChat(shop, 'Hello');
    await shop.expectPresent(first);
    twilio.chats.write(first, 'agent', 'Thank you, goodbye');
    twilio.chats.deactivate(first);
    await shop.expectPresent();

    await shop.page.getByText('Start new chat').click();
    await expect(shop.message('goodbye')).toHaveCount(0);
    const second = await shop.channelSid();
    await shop.write('One more thing');
    await shop.expectPresent(second);
  });

  test('is present again after a reload, without writing', async ({ shop }) => {
    const sid = await inChat(shop, 'Hello');
    await reload(shop, sid);
    await shop.startWebchat();
    await shop.expectPresent(sid);
    await shop.write('Still here');
    await expect(shop.message('Still here')).toBeVisible();
    expect(await shop.made()).toEqual([sid]);
  });

  test('is present although their channel could not be looked up at first', async ({ shop }) => {
    const sid = await inChat(shop, 'Hello');
    await reload(shop, sid);
    await shop.page.evaluate(() => {
      window.beforeConnect = () => {
        const { chatClient } = window.webchat.manager;
        chatClient.getChannelBySid = () => {
          delete chatClient.getChannelBySid;
          return Promise.reject(new Error('Service unavailable'));
        };
      };
    });
    await shop.startWebchat();
    await shop.expectPresent(sid);
    expect(await shop.reported()).toEqual([
      {
        code: 'channel',
        message: expect.stringContaining('not found (Service unavailable). Trying again.'),
      },
    ]);
  });

  test('is present once a Glance script that loads late is there', async ({ shop }) => {
    await shop.open({ glance: false });
    await shop.startWebchat();
    await shop.openChat();
    const sid = await shop.channelSid();
    await shop.write('Hello');
    await expect(shop.message('Hello')).toBeVisible();
    expect(await shop.made()).toEqual([]);
    await shop.addGlance();
    await shop.expectPresent(sid);
    expect(await shop.reported()).toEqual([]);
  });

  test('is connected anew after a drop, and only once', async ({ shop }) => {
    const sid = await inChat(shop, 'Hello');
    await shop.expectPresent(sid);
    await shop.page.evaluate(() => {
      const [visitor] = window.visitors;
      visitor.onerror({ code: 'conndrop', msg: 'connection dropped' });
      visitor.onclose();
    });
    await shop.expectPresent();
    await shop.expectPresent(sid);
    expect(await shop.made()).toEqual([sid, sid]);
    expect(await shop.reported()).toEqual([
      { code: 'connection', message: expect.stringContaining('lost (connection dropped)') },
    ]);
  });

  test('is away for good after stop', async ({ shop }) => {
    const sid = await inChat(shop, 'Hello');
    await shop.expectPresent(sid);
    await shop.page.evaluate(() => window.connection.stop());
    await shop.expectPresent();
    await shop.write('Still here');
    await expect(shop.message('Still here')).toBeVisible();
    expect(await shop.made()).toEqual([sid]);
  });
});

test.describe('The webchat', () => {
  test('goes on, with its later listeners, whatever fails in Glance or the page', async ({
    shop,
  }) => {
    await shop.open();
    await shop.page.evaluate(() => {
      const fail = () => {
        throw new Error('out of order');
      };
      window.GLANCE.Presence.Visitor = fail;
      window.failing = { onerror: fail, onchange: fail };
    });
    await shop.startWebchat();
    await shop.page.evaluate(() => {
      window.connection.stop();
      FlexGlanceVisitor.connectWebchat(window.webchat, window.failing);
      window.heard = [];
      const { Actions } = Twilio.FlexWebChat;
      Actions.addListener('afterSendMessage', ({ body }) => window.heard.push(body));
    });
    await shop.openChat();
    await shop.write('Hello');
    await expect(shop.message('Hello')).toBeVisible();
    await expect.poll(() => shop.page.evaluate(() => window.heard)).toEqual(['Hello']);
    expect(shop.errors).toEqual([]);
  });

  test('that is none is reported and not thrown', async ({ shop }) => {
    await shop.open();
    const reported = await shop.page.evaluate(() => {
      const report = (webchat) =>
        new Promise((resolve) => {
          FlexGlanceVisitor.connectWebchat(webchat, { onerror: resolve });
        }).then(({ code, message }) => ({ code, message }));
      return Promise.all([report(undefined), report(Promise.reject(new Error('no flow')))]);
    });
    const message = expect.stringContaining('createWebChat');
    expect(reported).toEqual([
      { code: 'webchat', message },
      { code: 'webchat', message: expect.stringContaining('(no flow)') },
    ]);
  });
});
