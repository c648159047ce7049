import { ALICE, diagnose, faults, registerWith, start, unknowns } from './doctor-desktop.mjs';
import { FAULTS } from './doctor-faults.mjs';
import { expect, OWN_FLEX, test } from './fixtures.mjs';

test.describe('The doctor', () => {
  test('finds nothing wrong where everything is in order, and tells no secret', async ({
    agent,
  }) => {
    await start(agent);
    const report = await diagnose(agent);
    expect(faults(report)).toEqual([]);
    expect(unknowns(report)).toEqual([]);
    expect(report.findings.length).toBeGreaterThan(25);
    for (const finding of report.findings) expect(finding.why, finding.check).toMatch(/\.$/);
    expect(agent.errors).toEqual([]);
  });

  for (const [fault, how, finding] of FAULTS.filter((row) => !isAnyTime(row))) {
    test(`tells ${fault}, and nothing else`, OWN_FLEX, async ({ agent }) => {
      await start(agent, how);
      await expectTold(agent, finding);
    });
  }

  // One after another in one Flex, which takes its time to start.
  test('tells each fault that begins and ends while Flex runs, and nothing else', async ({
    agent,
  }) => {
    test.slow();
    const task = await start(agent);
    for (const [fault, how, finding] of FAULTS.filter(isAnyTime)) {
      await test.step(fault, async () => {
        await begin(agent, task, how);
        await expectTold(agent, finding);
        await agent.context.unroute('**/getloginkey');
        await agent.control.call('DELETE', 'scenario');
        await begin(agent, task, { settings: {}, attributes: ALICE });
      });
    }
  });
});

/** Whether the fault can begin and end while Flex runs. Glance's script is loaded once. */
function isAnyTime([, { before, after, scenario = {} }]) {
  return !before && !after && !('presence_script' in scenario);
}

/** Makes a fault, or puts things in order, on a page that runs. */
async function begin(agent, task, { scenario, settings, attributes, answer, props }) {
  if (scenario) await agent.control.scenario(scenario);
  if (answer) await answer(agent);
  const own = typeof settings === 'function' ? settings(agent.origins) : settings;
  if (props || own) await registerWith(agent, props ?? `() => (${JSON.stringify(own)})`);
  if (!attributes) return;
  await agent.control.attributes(task, attributes);
  const known = () => agent.page.evaluate(visitorIdOf, task);
  await expect.poll(known).toEqual(attributes.glance_visitor_id);
}

/** In the page: what Flex knows of a task's visitor. */
function visitorIdOf(sid) {
  const { worker } = Twilio.Flex.Manager.getInstance().store.getState().flex;
  return worker.tasks.get(sid).attributes.glance_visitor_id;
}

async function expectTold(agent, [check, status, seen, fix]) {
  const report = await diagnose(agent);
  const found = faults(report);
  expect(found.map((finding) => [finding.check, finding.status])).toEqual([[check, status]]);
  expect(found[0].seen).toContain(seen);
  expect(found[0].fix).toContain(fix);
  expect(unknowns(report)).toEqual([]);
  expect(JSON.stringify(report)).not.toContain('canary');
  expect(agent.errors).toEqual([]);
}
