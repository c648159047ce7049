// What presence asks of the network, for few tasks and for many.
//
// The agent's page and the visitors' run on a simulated clock. Every second visitor is on the site and
// tells so every minute; the others are away.

import { AWAY, expect, HERE, status } from '../stage.mjs';
import { watchTraffic } from '../traffic.mjs';

const TASKS = [1, 10, 100];

const MINUTES = 10;

/**
 * One step of the simulated clock. Timers that are due within it fire once, so what polls more often is
 * counted once for each step, and nothing that polls is missed.
 */
const STEP_MS = 5_000;

/** The longest authorization that Glance gives, in minutes; renewed shortly before. */
const LIFETIME_MIN = 120;

export const title = `Presence, ${MINUTES} minutes of simulated time`;

export const columns = TASKS.map((count) => `${count} task${count > 1 ? 's' : ''}`);

export async function measure(stage) {
  const runs = [];
  for (const count of TASKS) runs.push(await run(stage, count));
  const row = (what, read, targets) => ({ what, unit: '', values: runs.map(read), targets });
  const one = TASKS.map(() => 1);
  const none = TASKS.map(() => 0);
  return [
    row('connections opened (WebSocket)', ({ all }) => all.sockets, TASKS),
    row(`connections open after ${MINUTES} minutes`, ({ open }) => open, TASKS),
    row('authorizations', ({ all }) => all.authorizations, one),
    row('requests to the Function', ({ all }) => all.functions, one),
    row('requests to the script server', ({ all }) => all.scripts, one),
    row('look-ups', ({ all }) => all.lookUps, TASKS),
    row('other requests to Glance', ({ all }) => all.others, none),
    row('requests once the connections stand', ({ later }) => later.requests, none),
    row('messages sent once the connections stand', ({ later }) => later.messages, none),
    row('messages heard meanwhile', ({ later }) => later.heard),
    row(
      `authorizations in ${LIFETIME_MIN} minutes, the renewal included`,
      ({ authorizations }) => authorizations,
      TASKS.map(() => 2),
    ),
  ];
}

async function run(stage, count) {
  const { control } = stage;
  await control.reset();
  const visitors = Array.from({ length: count }, (_, i) => `bench-${i}`);
  const present = visitors.filter((_, i) => i % 2 === 0);
  const visitor = await stage.visitor({ simulated: true });
  await connect(visitor, present);
  await expect.poll(async () => (await control.presence()).visitors.connected).toBe(present.length);

  for (const id of visitors) await control.task(id, { glance_visitor_id: id });
  const agent = await stage.agent({ simulated: true });
  const traffic = watchTraffic(agent.context, stage.origins);
  await agent.start({ settings: { presence: true } });
  await expect.poll(() => traffic.lookUpsAnswered()).toBeGreaterThanOrEqual(count);
  await agent.select(visitors.at(-1));
  await expect(status(agent)).toHaveText(present.includes(visitors.at(-1)) ? HERE : AWAY);

  const start = traffic.counts();
  await pass(MINUTES * 60_000, STEP_MS, [visitor, agent]);
  const all = traffic.counts();
  const later = difference(all, start);
  const { open } = (await control.presence()).agents;

  await pass((LIFETIME_MIN - MINUTES) * 60_000, 300_000, [visitor, agent]);
  await renewal(traffic, all.authorizations);
  const { authorizations } = traffic.counts();
  await agent.context.close();
  await visitor.page.context().close();
  await expect.poll(async () => (await control.presence()).visitors.connected).toBe(0);
  return { all, later, open, authorizations };
}

/** Makes one page of the shop known under many IDs, by Glance's documented calls. */
function connect(visitor, ids) {
  return visitor.page.evaluate((given) => {
    for (const visitorid of given) {
      const it = new window.GLANCE.Presence.Visitor({ visitorid });
      it.presence();
      it.connect();
    }
  }, ids);
}

async function pass(milliseconds, step, sides) {
  for (let passed = 0; passed < milliseconds; passed += step) {
    for (const { page } of sides) await page.clock.fastForward(step);
  }
}

/** A renewal that does not come is told by the figure. */
async function renewal(traffic, before) {
  const isThere = () => traffic.counts().authorizations > before;
  await expect
    .poll(isThere, { timeout: 10_000 })
    .toBe(true)
    .catch(() => {});
}

function difference(after, before) {
  return Object.fromEntries(Object.entries(after).map(([name, n]) => [name, n - before[name]]));
}
