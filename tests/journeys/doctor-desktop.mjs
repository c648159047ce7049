// A desktop with the doctor on it.

import { expect } from './fixtures.mjs';

/** How the desktop starts for each fault, unless it says otherwise. */
export const ADMIN = { agent_role: 'admin', plugin: 'forms' };
export const SETTINGS = { form: 'changing', with_doctor: true, presence: true };
export const ALICE = { glance_visitor_id: 'alice-1' };

/** An administrator at a desktop with the fault, with Alice's task selected; answers her reservation. */
export async function start(
  agent,
  { scenario, settings, attributes = ALICE, before, props, after } = {},
) {
  const task = attributes && (await agent.control.task('Alice', attributes));
  if (before) await before(agent);
  const own = typeof settings === 'function' ? settings(agent.origins) : settings;
  await agent.start({ ...ADMIN, ...scenario, settings: { ...SETTINGS, ...own } });
  if (attributes) await agent.select('Alice');
  await expect(agent.page.getByRole('button', { name: 'Check set-up' })).toBeVisible();
  if (props) await setProps(agent, props);
  if (after) await after(agent);
  return task;
}

/** Gives the test plugin's component what a function of the page makes. */
export function setProps(agent, make) {
  return agent.page.evaluate(
    `window.dispatchEvent(new CustomEvent('glance-props', { detail: (${make})() }))`,
  );
}

export function diagnose(agent) {
  return agent.page.evaluate(() => window.flexGlance.diagnose());
}

export function faults({ findings }) {
  return findings.filter(({ status }) => status === 'error' || status === 'warning');
}

export function unknowns({ findings }) {
  return findings.filter(({ status }) => status === 'unknown').map(({ check }) => check);
}
