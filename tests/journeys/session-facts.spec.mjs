// What stands of a session on its task: for a page that is loaded anew, another tab, and the agent who comes next.

import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { meet, newId, PRESENCE, share } from './customers.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, watchViewers } from './viewers.mjs';
import { test as withVisitor } from './visitor.mjs';

/** What Flex asks of TaskRouter. */
const CALLS = '**/v1/wschannels';
const WORKER = /^WK[0-9a-f]{32}$/;

/** What stands on the task, as TaskRouter has it. */
async function facts(agent, sid) {
  const { attributes } = await agent.control.taskState(sid);
  return attributes.glance_session;
}

/** What the agent reads, with the time that it names. */
function words(name) {
  const [before, after] = text(name, { time: '|' }).split('|');
  const escape = (part) => part.replace(/[.*+?^${}()[\]\\]/g, '\\$&');
  return new RegExp(`${escape(before)}\\d\\d:\\d\\d${escape(after)}`);
}

/** The next time that facts are written, `work` has the request; answers what that comes to. */
async function once(agent, work) {
  let settle;
  const outcome = new Promise((resolve, reject) => (settle = { resolve, reject }));
  await agent.page.route(CALLS, async (route) => {
    // TaskRouter's client sends JSON under the name of a form.
    const { params = {} } = JSON.parse(route.request().postData() ?? '{}');
    if (!settle || !params.Attributes?.glance_session) return route.fallback();
    const { resolve, reject } = settle;
    settle = undefined;
    return work(route).then(resolve, reject);
  });
  return { outcome };
}

/** Loads Flex anew, and selects the task. */
async function reload(agent, name) {
  await agent.page.reload();
  await agent.select(name);
}

test.describe('What stands of a session on its task', () => {
  test('start and end, beside what others put there', async ({ agent }) => {
    const sid = await agent.control.task('Alice', { glance_visitor_id: 'alice-1', tier: 'gold' });
    await agent.start();
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect
      .poll(() => facts(agent, sid))
      .toEqual({
        version: 1,
        running_since: expect.any(Number),
        seconds: 0,
        count: 1,
        began: 'viewer',
        workers: [expect.stringMatching(WORKER)],
      });
    await agent.header.button('close_viewer').click();
    await expect
      .poll(() => facts(agent, sid))
      .toMatchObject({ ended_at: expect.any(Number), ended: 'viewer_closed', count: 1 });
    const { attributes } = await agent.control.taskState(sid);
    expect(attributes).toMatchObject({ name: 'Alice', glance_visitor_id: 'alice-1', tier: 'gold' });
    expect(agent.errors).toEqual([]);
  });

  test(
    'after a reload one click shows the viewer again, and the customer is not asked',
    OWN_FLEX,
    async ({ agent }) => {
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.start();
      await agent.select('Alice');
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');

      await reload(agent, 'Alice');
      await expect(agent.header.alert).toContainText(words('session_told'));
      const viewers = watchViewers(agent);
      await agent.header.message.button('show_viewer').click();
      await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
      expect(viewers).toHaveLength(1);
      await expect(agent.header.status).toHaveText(text('viewer_open'));
      expect(agent.errors).toEqual([]);
    },
  );

  test(
    'a typed key is asked for again, and a session that is over is put away',
    OWN_FLEX,
    async ({ agent }) => {
      const sid = await agent.control.task('Call');
      await agent.start();
      await agent.select('Call');
      await agent.button.click();
      await agent.header.keyForm.field.fill('4711');
      await agent.header.keyForm.join.click();
      await expectWaiting(agent.viewerFrame('4711'), '4711');
      await expect.poll(() => facts(agent, sid)).toMatchObject({ began: 'key' });
      expect(JSON.stringify(await agent.control.taskState(sid))).not.toContain('4711');

      await reload(agent, 'Call');
      await expect(agent.header.alert).toContainText(words('session_told_key'));
      await agent.header.message.button('it_is_over').click();
      await expect(agent.header.alert).toHaveCount(0);
      await expect.poll(() => facts(agent, sid)).toMatchObject({ ended: 'ended' });
      expect(agent.errors).toEqual([]);
    },
  );

  test('a panel that is hidden comes into view for it', async ({ agent }) => {
    const running_since = Math.floor(Date.now() / 1000) - 300;
    await agent.control.task('Alice', {
      glance_visitor_id: 'alice-1',
      glance_session: { version: 1, running_since, count: 1, began: 'presence' },
    });
    await agent.start();
    await agent.select('Alice');
    await agent.page.evaluate(() => {
      const componentProps = { AgentDesktopView: { showPanel2: false } };
      window.Twilio.Flex.Manager.getInstance().updateConfig({ componentProps });
    });
    await expect(agent.page.locator('.Twilio-CRMContainer')).toHaveCount(0);
    await agent.header.message.button('join_session').click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await agent.header.button('close_viewer').click();
    await expect(agent.page.locator('.Twilio-CRMContainer')).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });

  for (const [when, isFirst] of [
    ['after us what it had read before', false],
    ['before us', true],
  ]) {
    test(`another plugin that writes ${when} loses nothing, and neither do we`, async ({
      agent,
    }) => {
      const sid = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.start();
      await agent.select('Alice');
      const theirs = { name: 'Alice', glance_visitor_id: 'alice-1', theirs: 1 };
      const { outcome } = await once(agent, async (route) => {
        if (isFirst) await agent.control.attributes(sid, theirs);
        const response = await route.fetch();
        if (!isFirst) await agent.control.attributes(sid, theirs);
        await route.fulfill({ response });
        return response.status();
      });
      await agent.button.click();
      expect(await outcome).toBe(isFirst ? 412 : 200);
      await agent.page.unroute(CALLS);
      const state = async () => (await agent.control.taskState(sid)).attributes;
      await expect.poll(state).toMatchObject({
        ...theirs,
        glance_session: { count: 1, began: 'viewer' },
      });
      expect(agent.errors).toEqual([]);
    });
  }

  test('a crashed tab of yesterday leaves no ghost', async ({ agent }) => {
    const since = Math.floor(Date.now() / 1000) - 5 * 3600;
    const sid = await agent.control.task('Alice', {
      glance_visitor_id: 'alice-1',
      glance_session: { version: 1, running_since: since, count: 1, began: 'presence' },
    });
    await agent.start();
    await agent.select('Alice');
    await expectReady(agent);
    await expect.poll(() => facts(agent, sid)).toMatchObject({ ended: 'unknown', count: 1 });
  });

  test('an agent who gets the task joins the session that runs', async ({ agent }) => {
    const since = Math.floor(Date.now() / 1000) - 300;
    const other = `WK${'0'.repeat(31)}b`;
    const sid = await agent.control.task('Alice', {
      glance_visitor_id: 'alice-1',
      glance_session: {
        version: 1,
        running_since: since,
        count: 1,
        began: 'presence',
        workers: [other],
      },
    });
    await agent.start();
    await agent.select('Alice');
    await expect(agent.header.alert).toContainText(words('session_of_another'));
    await agent.header.message.button('join_session').click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    expect(agent.errors).toEqual([]);
    const { running_since } = await facts(agent, sid);
    expect(running_since).toBe(since);
  });
});

withVisitor.describe('A session that Glance tells of', OWN_FLEX, () => {
  withVisitor(
    'is certain again after a reload as soon as Glance says so',
    async ({ agent, visitor }) => {
      const id = newId('ann');
      const sid = await agent.control.task('Ann', { glance_visitor_id: id });
      await agent.start({ settings: PRESENCE });
      await meet(agent, visitor, 'Ann', id);
      await share(agent, visitor);
      await expect.poll(() => facts(agent, sid)).toMatchObject({ began: 'presence', count: 1 });
      await reload(agent, 'Ann');
      await expect(agent.header.alert).toContainText(words('session_told'));
      await agent.header.message.button('show_viewer').click();
      await expect(agent.viewerFrame(id).locator('body')).toBeVisible();
      await visitor.endButton.click();
      await expect.poll(() => facts(agent, sid)).toMatchObject({ ended: 'ended', count: 1 });
      expect(agent.errors).toEqual([]);
    },
  );
});
