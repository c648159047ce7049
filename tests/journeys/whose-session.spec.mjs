// Nothing of one task is seen, typed or opened in another.

import { arrive, HERE, invoke, meet, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { expectWaiting, frame, parameters, watchViewers } from './viewers.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

test.describe('A customer who accepts while another task is selected', () => {
  test('is never seen there, and is seen in their own task', async ({ agent, visitor }) => {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.control.task('Bob', { glance_visitor_id: newId('bob') });
    await agent.start({ settings: PRESENCE });
    await meet(agent, visitor, 'Ann', ann);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('visitor_asked'));
    await agent.select('Bob');
    await agent.page.evaluate(noteVisibleFrames);

    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(visitor.endButton).toBeVisible();
    await expect(agent.viewerFrame(ann).locator('header .key')).toContainText(ann);
    await expect(frame(agent, ann)).toBeHidden();
    await expect(agent.panel.root).toHaveCount(0);
    await expect(agent.header.status).toHaveText(text('visitor_away'));
    expect(await agent.page.evaluate(() => window.visibleFrames)).toEqual([]);

    await agent.select('Ann');
    await expect(frame(agent, ann)).toBeVisible();
    await expect(new Viewer(agent.viewerFrame(ann)).title).toHaveText('Tea, simply.');
    await expect(agent.header.status).toHaveText(text('in_session'));
    await agent.select('Bob');
    await expect(frame(agent, ann)).toBeHidden();
    expect(agent.errors).toEqual([]);
  });
});

test.describe('A key that was typed for one task', () => {
  for (const [place, form] of [
    ['header', 'header'],
    ['panel', 'register-panel'],
  ]) {
    test(
      `is not in the form of another one, nor there again, in the ${place}`,
      OWN_FLEX,
      async ({ agent }) => {
        await agent.control.task('Ann');
        await agent.control.task('Bob');
        await agent.start({ plugin: 'forms', settings: { form } });
        const field = () => agent[place].keyForm.field;
        const openForm = () => agent[place].main.click();

        await agent.select('Ann');
        await openForm();
        await field().fill('1234');
        await agent.select('Bob');
        await openForm();
        await expect(field()).toHaveValue('');
        await agent.select('Ann');
        await openForm();
        await expect(field()).toHaveValue('');
        expect(agent.errors).toEqual([]);
      },
    );
  }
});

test.describe('An Action', () => {
  test('takes the task, either of its SIDs, or the selected task', async ({ agent }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-2' });
    await agent.start();
    const [ann, bob] = await agent.control.tasks();
    await agent.select('Bob');

    for (const payload of [{ sid: ann.reservation }, { sid: ann.task }]) {
      expect(await invoke(agent, 'GlanceStartSession', payload)).toBe('');
      await expect(frame(agent, 'ann-1')).toHaveCount(1);
      expect(await invoke(agent, 'GlanceEndSession', payload)).toBe('');
      await expect(frame(agent, 'ann-1')).toHaveCount(0);
    }
    await agent.page.evaluate((sid) => {
      const { Actions, Manager } = window.Twilio.Flex;
      const { tasks } = Manager.getInstance().store.getState().flex.worker;
      return Actions.invokeAction('GlanceStartSession', { task: tasks.get(sid) });
    }, ann.reservation);
    await expect(frame(agent, 'ann-1')).toHaveCount(1);
    await expect(frame(agent, 'ann-1')).toBeHidden();

    for (const payload of [{}, undefined]) {
      expect(await invoke(agent, 'GlanceStartSession', payload)).toBe('');
      await expect(frame(agent, 'bob-2')).toBeVisible();
      expect(await invoke(agent, 'GlanceEndSession', payload)).toBe('');
      await expect(frame(agent, 'bob-2')).toHaveCount(0);
    }
    await expect(frame(agent, 'ann-1')).toHaveCount(1);
    expect(bob.reservation).not.toBe(ann.reservation);
  });

  test('that names no task of the agent’s rejects by name, and opens and closes nothing', async ({
    agent,
  }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-2' });
    await agent.start();
    const [ann, bob] = await agent.control.tasks();
    const viewers = watchViewers(agent);
    await agent.select('Bob');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('bob-2'), 'bob-2');
    for (const payload of [
      { sid: 'WR0' },
      { sid: 'WT0' },
      { sid: '' },
      { sid: undefined },
      { sid: null },
      { sid: 7 },
      { task: undefined },
      { task: null },
      { task: {} },
      { task: { sid: 'WR0' } },
      { task: { sid: ann.reservation }, sid: bob.reservation },
      ann.reservation,
    ]) {
      for (const name of ['GlanceStartSession', 'GlanceEndSession', 'GlanceJoinWithKey']) {
        const given = typeof payload === 'object' ? { ...payload, sessionKey: '1234' } : payload;
        const told = await invoke(agent, name, given);
        expect(told, `${name} ${JSON.stringify(given)}`).toContain(name);
      }
    }
    await expectWaiting(agent.viewerFrame('bob-2'), 'bob-2');
    await expect(frame(agent, 'ann-1')).toHaveCount(0);
    expect(viewers).toHaveLength(1);
  });
});

test.describe('The function that names a task’s visitor', () => {
  const settings = { form: 'registered', visitor_attribute: 'crm_id' };

  test(
    'counts for an Action on a task that nobody has clicked, and for the button',
    OWN_FLEX,
    async ({ agent }) => {
      const sid = await agent.control.task('Ann', { crm_id: 'crm-7', glance_visitor_id: 'other' });
      await agent.start({ plugin: 'forms', settings });
      const viewers = watchViewers(agent);
      expect(await invoke(agent, 'GlanceStartSession', { sid })).toBe('');
      await expect(frame(agent, 'crm-7')).toHaveCount(1);
      expect(await invoke(agent, 'GlanceEndSession', { sid })).toBe('');
      await agent.select('Ann');
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('crm-7'), 'crm-7');
      const keys = viewers.map((viewer) => parameters(viewer.url()).SessionKey);
      expect(keys).toEqual(['crm-7', 'crm-7']);
    },
  );

  test('counts for presence, before any task is selected', OWN_FLEX, async ({ agent, visitor }) => {
    const crm = newId('crm');
    await agent.control.task('Ann', { crm_id: crm, glance_visitor_id: newId('other') });
    const before = await agent.control.presence();
    await agent.start({ plugin: 'forms', settings: { ...settings, ...PRESENCE } });
    const lookups = async () => (await agent.control.presence()).lookups;
    await expect.poll(lookups).toBe(before.lookups + 1);
    await arrive(visitor, crm);
    await expect(agent.notification.message).toHaveText(
      text('notify_arrived', { customer: 'Ann' }),
    );
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(HERE);
    const { agents } = await agent.control.presence();
    expect(agents.opened - before.agents.opened, 'one visitor is followed').toBe(1);
  });
});

test.describe('The text that an author’s component reads off its task', () => {
  test('counts for that task alone, by an Action too', OWN_FLEX, async ({ agent }) => {
    const sids = {};
    for (const [name, crm_id] of [
      ['Ann', 'crm-1'],
      ['Bob', 'crm-2'],
      ['Carl', 'crm-3'],
    ]) {
      const attributes = { crm_id, glance_visitor_id: `${name.toLowerCase()}-1` };
      sids[name] = await agent.control.task(name, attributes);
    }
    await agent.start({ plugin: 'forms', settings: { form: 'header-by-task' } });
    await agent.select('Ann');
    await agent.select('Bob');
    const viewers = watchViewers(agent);
    // Carl's header was never shown, so that his attributes count.
    for (const [name, key] of [
      ['Ann', 'crm-1'],
      ['Bob', 'crm-2'],
      ['Carl', 'carl-1'],
    ]) {
      expect(await invoke(agent, 'GlanceStartSession', { sid: sids[name] })).toBe('');
      await expect(frame(agent, key)).toHaveCount(1);
    }
    const keys = viewers.map((viewer) => parameters(viewer.url()).SessionKey);
    expect(keys).toEqual(['crm-1', 'crm-2', 'carl-1']);
    expect(agent.errors).toEqual([]);
  });
});

test.describe('An attribute whose text stands for nothing', () => {
  test('gives way to the next one, and the console says so', async ({ agent }) => {
    const sid = await agent.control.task('Ann', { glance_visitor_id: 'undefined' });
    await agent.start();
    const told = [];
    agent.page.on('console', (message) => told.push(message.text()));
    const attributes = { name: 'Ann', glance_visitor_id: 'undefined', conversationSid: 'CH1' };
    await agent.control.attributes(sid, attributes);
    await agent.select('Ann');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('CH1'), 'CH1');
    await expect
      .poll(() => told.filter((text) => /glance_visitor_id.*undefined/.test(text)).length)
      .toBeGreaterThan(0);
  });
});

/** Notes the addresses of viewers' frames that are visible in the panel, at any time from now on. */
function noteVisibleFrames() {
  window.visibleFrames = [];
  const look = () => {
    for (const host of document.querySelectorAll('.Twilio-CRMContainer *')) {
      for (const frame of host.shadowRoot?.querySelectorAll('iframe') ?? []) {
        if (frame.checkVisibility()) window.visibleFrames.push(frame.src);
      }
    }
    requestAnimationFrame(look);
  };
  look();
}
