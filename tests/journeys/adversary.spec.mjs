// A day with a Glance that delays, reorders, repeats, drops and throws: at its end nothing is left over.

import { arrive, connections, invoke, newId, PRESENCE } from './customers.mjs';
import { watchViewers, windows } from './viewers.mjs';
import { expect, OWN_FLEX, test, Visitor } from './visitor.mjs';

const TASKS = 5;

/** What customers do who are asked, one after another. */
const ANSWERS = ['accept and end', 'accept', 'decline', 'leave', 'say nothing'];

/** How tasks end, one after another. */
const ENDS = [['cancel'], ['wrapup', 'complete'], ['transfer']];

/** Waits a while for what may never come. */
function perhaps(condition) {
  return expect
    .poll(condition, { timeout: 2_000 })
    .toBe(true)
    .then(
      () => true,
      () => false,
    );
}

async function answer(customer, how) {
  if (how === 'leave') {
    await customer.page.close();
    return;
  }
  if (how === 'say nothing' || !(await perhaps(() => customer.terms.isVisible()))) return;
  const name = how === 'decline' ? 'Decline' : 'Accept';
  await customer.terms.getByRole('button', { name }).click();
  if (how === 'accept and end' && (await perhaps(() => customer.endButton.isVisible()))) {
    await customer.endButton.click();
  }
}

async function endTask(agent, sid, steps) {
  for (const step of steps) await agent.control.end(sid, step);
}

/** Lets the pages' time go on at once. A window that closes just then makes Playwright give up beforehand. */
async function pass(agent, time) {
  await expect(async () => {
    await agent.page.clock.fastForward(time);
  }).toPass();
}

/**
 * Lets Flex's time jump. Flex then finds its own connection to Twilio silent and makes it anew, so this waits
 * until it hears of the task again.
 */
async function jump(agent, sid, attributes) {
  await pass(agent, '10:00');
  const heard = (beat) =>
    agent.page.evaluate(
      ([of, what]) => {
        const { worker } = window.Twilio.Flex.Manager.getInstance().store.getState().flex;
        return worker.tasks.get(of)?.attributes.beat === what;
      },
      [sid, beat],
    );
  let beat = 0;
  await expect(async () => {
    beat += 1;
    await agent.control.attributes(sid, { ...attributes, beat });
    await expect.poll(() => heard(beat), { timeout: 1_000 }).toBe(true);
  }).toPass();
}

test.describe('Five tasks with a Glance that does its worst', () => {
  test.setTimeout(240_000);

  for (const [glance_seed, openlocation] of [
    [7, 'flex'],
    [11, 'window'],
  ]) {
    test(
      `leave no viewer, connection or timer: seed ${glance_seed}, openlocation "${openlocation}"`,
      OWN_FLEX,
      async ({ agent, visitor }) => {
        await agent.context.clock.install();
        await agent.start({
          glance: 'adversary',
          glance_seed,
          settings: { ...PRESENCE, openlocation },
        });
        const viewers = watchViewers(agent);
        const customers = [];
        let before;
        for (let i = 0; i < TASKS; i += 1) {
          const id = newId('customer');
          const name = `Customer ${i}`;
          const attributes = { name, glance_visitor_id: id };
          const sid = await agent.control.task(name, attributes);
          await agent.select(name);
          const customer = new Visitor(agent.origins, await visitor.page.context().newPage());
          customers.push(customer);
          await arrive(customer, id);
          expect(await invoke(agent, 'GlanceStartSession', { sid })).toBe('');
          await answer(customer, ANSWERS[i % ANSWERS.length]);
          await jump(agent, sid, attributes);
          // Two tasks at a time: the one before ends while this one is selected.
          if (before) await endTask(agent, before, ENDS[i % ENDS.length]);
          before = sid;
          await jump(agent, sid, attributes);
        }
        expect((await agent.control.presence()).misdeeds).toBeGreaterThan(5);
        expect(viewers.length, 'viewers that opened on the way').toBeGreaterThan(0);

        await agent.control.scenario({ glance: 'none' });
        await endTask(agent, before, ['cancel']);
        await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
        await expect.poll(() => windows(agent)).toEqual([]);
        await expect.poll(() => connections(agent)).toBe(0);

        // Nothing more is asked of anybody, however long the page stays open.
        const requests = [];
        const ours = [agent.origins.glance, agent.origins.function];
        agent.context.on('request', (request) => {
          // The stand-in asks the sandbox whether a method throws, also when a connection is closed for good.
          const isOfGlance = !request.url().includes('/presence/agent-call');
          if (isOfGlance && ours.some((origin) => request.url().startsWith(origin))) {
            requests.push(request.url());
          }
        });
        const opened = async () => (await agent.control.presence()).agents.opened;
        const openedBefore = await opened();
        for (let i = 0; i < 30; i += 1) await pass(agent, '05:00');
        expect(requests).toEqual([]);
        expect(await opened()).toBe(openedBefore);
        expect(agent.errors).toEqual([]);
        expect(customers.flatMap(({ errors }) => errors)).toEqual([]);
      },
    );
  }
});
