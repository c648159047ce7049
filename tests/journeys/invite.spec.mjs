// Inviting a customer by a link to a page of the site: through the chat, or passed on by the agent.

import { expectNothingFound } from './axe.mjs';
import { anyOf, text } from './texts.mjs';
import { expectReady, expectWaiting, watchViewers } from './viewers.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

const KEY = /#glance=([0-9a-f]{32})\.[0-9a-z]+$/;

/** The settings that let agents invite to a page of the shop. */
function invitesTo(agent, page = '/teas', more = {}) {
  return { settings: { inviteurl: `${agent.origins.shop}${page}`, ...more } };
}

/** The key of the viewer that is in Flex's panel. */
async function keyOf(agent) {
  const frame = agent.page.locator('.Twilio-CRMContainer iframe[src*="SessionKey="]');
  return new URL(await frame.getAttribute('src')).searchParams.get('SessionKey');
}

/** What the invitation says that the agent is to pass on. */
function invitation(agent) {
  return agent.header.named('textbox', 'invite_label');
}

/** The machine's clipboard is not the tests'; `refuses`: and the browser's takes nothing. */
function noteCopies(agent, refuses = false) {
  return agent.page.evaluate((refuses) => {
    window.copied = [];
    const writeText = async (text) => {
      if (refuses) throw new DOMException('Write permission denied.', 'NotAllowedError');
      window.copied.push(text);
    };
    Object.defineProperty(navigator.clipboard, 'writeText', {
      value: writeText,
      configurable: true,
    });
  }, refuses);
}

const copies = (agent) => agent.page.evaluate(() => window.copied);

async function facts(agent, sid) {
  return (await agent.control.taskState(sid)).attributes.glance_session;
}

test.describe('Inviting a customer by a link', () => {
  test('through the chat: the customer opens it, accepts, and the agent sees the page', async ({
    agent,
    visitor,
  }) => {
    await agent.start(invitesTo(agent));
    await visitor.openWithChat('/');
    await visitor.startChat('Jenny', 'My cup leaks.');
    await agent.page
      .getByRole('button', { name: /accept/i })
      .first()
      .click();
    await agent.header.button('invite').click();
    await expect(agent.header.status).toHaveText(text('invite_sent'));
    const key = await keyOf(agent);
    await expectWaiting(agent.viewerFrame(key), key);

    const link = visitor.chat.getByRole('link', { name: /#glance=/ });
    const [said] = (await link.textContent()).match(/https?:\S+/);
    expect(said).toMatch(KEY);
    expect(said).toContain(`${agent.origins.shop}/teas#glance=${key}.`);
    const [opened] = await Promise.all([visitor.page.context().waitForEvent('page'), link.click()]);
    const terms = opened.getByRole('dialog', { name: 'Share this page with our agent?' });
    await expect(terms).toBeVisible();
    await expect(opened).toHaveURL(`${agent.origins.shop}/teas`);
    await terms.getByRole('button', { name: 'Accept' }).click();
    await expect(new Viewer(agent.viewerFrame(key)).title).toHaveText('Teas');

    const [task] = await agent.control.tasks();
    expect(task.attributes.glance_session).toMatchObject({ began: 'link', invitation: key });
    await agent.header.button('take_back').click();
    await expectReady(agent);
    await expect
      .poll(async () => (await agent.control.tasks())[0].attributes.glance_session)
      .toMatchObject({ ended: 'viewer_closed' });
    const [after] = await agent.control.tasks();
    expect(JSON.stringify(after)).not.toContain(key);
    expect(agent.errors).toEqual([]);
  });

  test('on a call it is copied, with the author’s text and a query that stays', async ({
    agent,
    visitor,
  }) => {
    const sid = await agent.control.task('Carl', {}, 'call');
    await agent.start(
      invitesTo(agent, '/teas?from=call#top', { invitetext: 'See {link} (Maria)' }),
    );
    await agent.select('Carl');
    await noteCopies(agent);
    await agent.header.button('invite').click();
    await expect(agent.header.alert).toContainText(text('invite_copy'));
    const key = await keyOf(agent);
    const said = await invitation(agent).inputValue();
    expect(said.replace(/\.[0-9a-z]+ /, '.# ')).toBe(
      `See ${agent.origins.shop}/teas?from=call#glance=${key}.# (Maria)`,
    );
    await invitation(agent).focus();
    const selected = await invitation(agent).evaluate((field) =>
      field.value.slice(field.selectionStart, field.selectionEnd),
    );
    expect(selected).toBe(said);

    await agent.header.message.button('copy').click();
    await expect(agent.header.status).toHaveText(text('invite_copied'));
    await expect(agent.header.alert).toHaveCount(0);
    expect(await copies(agent)).toEqual([said]);
    await agent.header.button('copy').click();
    await expect.poll(() => copies(agent)).toEqual([said, said]);

    await visitor.open(new URL(said.match(/http\S+/)[0]).href.slice(agent.origins.shop.length));
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(new Viewer(agent.viewerFrame(key)).title).toHaveText('Teas');
    expect(await facts(agent, sid)).toMatchObject({ began: 'link', invitation: key });
    expect(agent.errors).toEqual([]);
  });

  test('is copied where another plugin or Flex does not send it', async ({ agent }) => {
    // A chat that Flex does not know.
    await agent.control.task('Alice', { channelSid: `CH${'0'.repeat(32)}` });
    await agent.start(invitesTo(agent));
    await agent.select('Alice');
    await agent.header.button('invite').click();
    await expect(agent.header.alert).toContainText(text('invite_copy'));
    await expect(invitation(agent)).toHaveValue(/#glance=/);
  });

  test('can be selected by hand where the browser copies nothing', async ({ agent }) => {
    await agent.control.task('Carl', {}, 'call');
    await agent.start(invitesTo(agent));
    await agent.select('Carl');
    await noteCopies(agent, true);
    await agent.header.button('invite').click();
    await agent.header.message.button('copy').click();
    await expect(agent.header.alert).toContainText(text('invite_not_copied'));
    await expect(invitation(agent)).toHaveValue(/#glance=/);
  });

  test('taken back, nothing of it is left, and the next one has another key', async ({ agent }) => {
    const sid = await agent.control.task('Carl', {}, 'call');
    await agent.start(invitesTo(agent));
    await agent.select('Carl');
    const keys = [];
    for (let times = 0; times < 2; times += 1) {
      await agent.header.button('invite').click();
      await expect(invitation(agent)).toBeVisible();
      keys.push(await keyOf(agent));
      await expect.poll(() => facts(agent, sid)).toMatchObject({ invitation: keys[times] });
      await agent.header.message.button('take_back').click();
      await expect(agent.header.button('invite')).toBeVisible();
      await expect(agent.button).toBeFocused();
      await expect.poll(() => facts(agent, sid)).toMatchObject({ ended: 'viewer_closed' });
      const stands = JSON.stringify(await agent.control.taskState(sid));
      expect(keys.filter((key) => stands.includes(key))).toEqual([]);
    }
    expect(keys[0]).not.toBe(keys[1]);
    expect(agent.errors).toEqual([]);
  });

  test('with presence, the visitor’s own session closes nothing', async ({ agent, visitor }) => {
    const more = { presence: true };
    await agent.start(invitesTo(agent, '/teas', more));
    await visitor.openWithChat('/');
    await visitor.startChat('Jenny');
    await agent.page
      .getByRole('button', { name: /accept/i })
      .first()
      .click();
    await expect(agent.header.status).toHaveText(anyOf(['visitor_here', 'visitor_here_at']));
    await agent.header.button('invite').click();
    const key = await keyOf(agent);
    const link = visitor.chat.getByRole('link', { name: /#glance=/ });
    const [opened] = await Promise.all([visitor.page.context().waitForEvent('page'), link.click()]);
    const terms = opened.getByRole('dialog', { name: 'Share this page with our agent?' });
    await terms.getByRole('button', { name: 'Accept' }).click();
    await expect(new Viewer(agent.viewerFrame(key)).title).toHaveText('Teas');
    await expect(agent.header.button('close_viewer', 'take_back')).toBeVisible();
    expect(agent.errors).toEqual([]);
  });

  test('without a page in the settings there is not one more control', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await expect(agent.header.buttons).toHaveText([text('cobrowse'), text('have_key')]);
  });

  test('a page without https is told as a wrong setting', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ settings: { inviteurl: 'http://shop.example/' } });
    await agent.select('Alice');
    await expect(agent.header.alert).toContainText('inviteurl');
    await expect(agent.header.button('invite')).toHaveCount(0);
  });

  test('by keyboard alone, and axe finds nothing in either place', async ({ agent }) => {
    await agent.control.task('Carl', {}, 'call');
    await agent.start(invitesTo(agent));
    await agent.select('Carl');
    await noteCopies(agent);
    await agent.header.button('invite').focus();
    await expectNothingFound(agent, 'ready to invite');
    await agent.page.keyboard.press('Enter');
    await expect(invitation(agent)).toBeVisible();
    await expectNothingFound(agent, 'an invitation to copy');
    await invitation(agent).focus();
    await agent.page.keyboard.press('Tab');
    await expect(agent.header.message.button('copy')).toBeFocused();
    await agent.page.keyboard.press('Enter');
    await expect(agent.header.status).toHaveText(text('invite_copied'));
    await expectNothingFound(agent, 'an invitation that was copied');
    await agent.header.button('take_back').focus();
    await agent.page.keyboard.press('Space');
    await expect(agent.header.button('invite')).toBeVisible();
  });
});

test.describe('An invitation by a link', OWN_FLEX, () => {
  test('after a reload of Flex one click shows its viewer again', async ({ agent }) => {
    const sid = await agent.control.task('Carl', {}, 'call');
    await agent.start(invitesTo(agent));
    await agent.select('Carl');
    await agent.header.button('invite').click();
    const key = await keyOf(agent);
    await expect.poll(() => facts(agent, sid)).toMatchObject({ invitation: key });

    await agent.page.reload();
    await agent.select('Carl');
    const viewers = watchViewers(agent);
    await agent.header.message.button('show_viewer').click();
    await expectWaiting(agent.viewerFrame(key), key);
    expect(viewers).toHaveLength(1);
    await agent.header.button('close_viewer').click();
    await expect.poll(() => facts(agent, sid)).toMatchObject({ ended: 'viewer_closed' });
    expect(JSON.stringify(await agent.control.taskState(sid))).not.toContain(key);
    expect(agent.errors).toEqual([]);
  });

  test('after a reload it can be taken back', async ({ agent }) => {
    const sid = await agent.control.task('Carl', {}, 'call');
    await agent.start(invitesTo(agent));
    await agent.select('Carl');
    await agent.header.button('invite').click();
    const key = await keyOf(agent);
    await expect.poll(() => facts(agent, sid)).toMatchObject({ invitation: key });

    await agent.page.reload();
    await agent.select('Carl');
    await agent.header.message.button('take_back').click();
    await expect.poll(() => facts(agent, sid)).toMatchObject({ ended: 'ended' });
    expect(JSON.stringify(await agent.control.taskState(sid))).not.toContain(key);
  });

  test('is in no log, no storage and no address of Flex, with debugmode on', async ({ agent }) => {
    const log = [];
    agent.context.on('console', (message) => log.push(message.text()));
    await agent.control.task('Carl', {}, 'call');
    await agent.start(invitesTo(agent, '/teas', { debugmode: true }));
    await agent.select('Carl');
    await noteCopies(agent);
    await agent.header.button('invite').click();
    const key = await keyOf(agent);
    await agent.header.message.button('copy').click();
    await expect(agent.header.status).toHaveText(text('invite_copied'));
    await agent.header.button('take_back').click();
    await expect(agent.header.button('invite')).toBeVisible();
    const steps = log.filter((line) => line.includes('flex-glance: ')).join('\n');
    expect(steps).toContain('invite by a link ->');
    const kept = await agent.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, location.href]),
    );
    expect([...log, kept].filter((line) => line.includes(key))).toEqual([]);
  });
});
