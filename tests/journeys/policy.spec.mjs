import { arrive, connections, HERE, invoke, newId, PRESENCE, share } from './customers.mjs';
import { diagnose, registerWith } from './doctor-desktop.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, frame } from './viewers.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';
import { setWorkerAttributes } from './worker.mjs';

const GOLD = { policy: { attributes: [{ path: 'customer.tier', equals: 'gold' }] } };

const customer = (key, tier) => ({ glance_visitor_id: key, customer: { tier } });

/** Gives a task another tier. */
const becomes = (agent, sid, name, key, tier) =>
  agent.control.attributes(sid, { name, ...customer(key, tier) });

/** Registers the component with this policy; the doctor's button tells that Flex shows it by now. */
const registerPolicy = (agent, policy) =>
  registerWith(agent, `() => (${JSON.stringify({ policy })})`);

/** What the doctor says of the policy, for the selected task. */
async function verdict(agent) {
  const { findings } = await diagnose(agent);
  return findings.find(({ check }) => check === 'policy');
}

test.describe('The policy', () => {
  test('shows the component by role, queue, channel and skill of the agent and the task', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await expectReady(agent);
    for (const [policy, isShown] of [
      [{ roles: ['agent'] }, true],
      [{ roles: ['admin', 'supervisor'] }, false],
      [{ queues: ['Everyone'] }, true],
      [{ queues: { not: ['Everyone'] } }, false],
      [{ channels: ['chat'], roles: ['agent'] }, true],
      [{ channels: ['chat'], roles: ['admin'] }, false],
      [{ skills: ['cobrowse'] }, false],
      [{ skills: { not: ['cobrowse'] } }, true],
    ]) {
      await registerPolicy(agent, policy);
      const shown = agent.header.root;
      await expect(shown, JSON.stringify(policy)).toHaveCount(isShown ? 1 : 0);
    }
    expect(agent.errors).toEqual([]);
  });

  test('hides one task and shows another, and decides again as attributes change', async ({
    agent,
  }) => {
    await agent.control.task('Alice', customer('alice-1', 'gold'));
    const bob = await agent.control.task('Bob', customer('bob-2', 'silver'));
    await agent.start({ settings: GOLD });
    await agent.select('Alice');
    await expectReady(agent);
    await agent.select('Bob');
    await expect(agent.header.root).toHaveCount(0);
    await expect(agent.panel.root).toHaveCount(0);

    await becomes(agent, bob, 'Bob', 'bob-2', 'gold');
    await expectReady(agent);
    await agent.control.attributes(bob, { name: 'Bob', glance_visitor_id: 'bob-2' });
    await expect(agent.header.root).toHaveCount(0);
    await agent.select('Alice');
    await expectReady(agent);
    expect(agent.errors).toEqual([]);
  });

  test('decides again when the worker gains a skill, and when it is taken away', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ settings: { policy: { skills: ['cobrowse'] } } });
    await agent.select('Alice');
    const setSkills = (skills) => setWorkerAttributes(agent, { routing: { skills } });
    await expect(agent.header.root).toHaveCount(0);
    await setSkills(['cobrowse']);
    await expectReady(agent);
    await setSkills([]);
    await expect(agent.header.root).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });

  test(
    'hides the panel alone too, and shows it again with the task',
    OWN_FLEX,
    async ({ agent }) => {
      const alice = await agent.control.task('Alice', customer('alice-1', 'silver'));
      await agent.start({ features: { placement: 'panel', ...GOLD } });
      await agent.select('Alice');
      await expect(agent.panel.main).toHaveCount(0);
      await becomes(agent, alice, 'Alice', 'alice-1', 'gold');
      await agent.panel.main.click();
      await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
      expect(agent.errors).toEqual([]);
    },
  );

  test('leaves a viewer that is open alone, and hides the component once it is closed', async ({
    agent,
  }) => {
    const alice = await agent.control.task('Alice', customer('alice-1', 'gold'));
    await agent.start({ settings: { ...GOLD, debugmode: true } });
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');

    await becomes(agent, alice, 'Alice', 'alice-1', 'silver');
    await expect
      .poll(async () => (await verdict(agent)).seen)
      .toContain('as soon as what runs is over');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(frame(agent, 'alice-1')).toBeVisible();
    await agent.header.button('close_viewer').click();
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    await expect(agent.header.root).toHaveCount(0);
    await expect(agent.panel.root).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });

  test('follows nobody for a hidden task, and lets a visitor who shares end the session', async ({
    agent,
    visitor,
  }) => {
    const id = newId('ann');
    const ann = await agent.control.task('Ann', customer(id, 'silver'));
    const before = await connections(agent);
    await agent.start({ settings: { ...PRESENCE, ...GOLD } });
    await agent.select('Ann');
    await arrive(visitor, id);
    await expect(agent.header.root).toHaveCount(0);
    expect(await connections(agent)).toBe(before);
    await becomes(agent, ann, 'Ann', id, 'gold');
    await expect(agent.header.status).toHaveText(HERE);
    await share(agent, visitor);

    await becomes(agent, ann, 'Ann', id, 'silver');
    await expect(new Viewer(agent.viewerFrame(id)).title).toHaveText('Tea, simply.');
    await visitor.endButton.click();
    await expect(agent.header.root).toHaveCount(0);
    await expect(frame(agent, id)).toHaveCount(0);
    await expect.poll(() => connections(agent)).toBe(before);
    expect(agent.errors).toEqual([]);
  });

  test('rejects Actions on a hidden task, and the doctor says which rule it is', async ({
    agent,
  }) => {
    const sid = await agent.control.task('Bob', customer('bob-2', 'silver'));
    await agent.start({ settings: { ...GOLD, debugmode: true } });
    await agent.select('Bob');
    await expect(agent.doctor.button).toBeVisible();
    await expect(agent.header.root).toHaveCount(0);
    for (const [name, payload] of [
      ['GlanceStartSession', {}],
      ['GlanceJoinWithKey', { sid, sessionKey: '1234' }],
    ]) {
      expect(await invoke(agent, name, payload), name).toContain('policy.attributes');
    }
    await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);

    const finding = await verdict(agent);
    expect(finding.status).toBe('warning');
    expect(finding.seen).toContain("No entry of policy.attributes matches the task's attributes.");
    expect(JSON.stringify(finding)).not.toMatch(/silver|gold/);
    expect(agent.errors).toEqual([]);
  });
});
