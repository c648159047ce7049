// A desktop with the doctor on it.

import { expect } from './fixtures.mjs';

/** How a Flex of a journey's own starts, for an administrator. */
export const ADMIN = { agent_role: 'admin', plugin: 'forms' };
export const SETTINGS = { form: 'changing', with_doctor: true, presence: true };
export const ALICE = { glance_visitor_id: 'alice-1' };

/** An agent is offered the doctor with this alone. */
const AS_AGENT = { ...SETTINGS, debugmode: true };

/**
 * The doctor at a desktop with the fault, with Alice's task selected; answers her reservation. In a Flex of
 * the journey's own it is an administrator's, else an agent's.
 */
export async function start(
  agent,
  { scenario, settings, attributes = ALICE, before, props, after } = {},
) {
  const task = attributes && (await agent.control.task('Alice', attributes));
  if (before) await before(agent);
  const own = typeof settings === 'function' ? settings(agent.origins) : settings;
  const basis = agent.sharedDesktop ? { settings: AS_AGENT } : { ...ADMIN, settings: SETTINGS };
  await agent.start({ ...basis, ...scenario, settings: { ...basis.settings, ...own } });
  if (attributes) await agent.select('Alice');
  await expect(agent.doctor.button).toBeVisible();
  if (props) await setProps(agent, props);
  if (after) await after(agent);
  return task;
}

/** Gives the component of a Flex of the journey's own what a function of the page makes. */
export function setProps(agent, make) {
  return agent.page.evaluate(
    `window.dispatchEvent(new CustomEvent('glance-props', { detail: (${make})() }))`,
  );
}

let registrations = 0;

/** Registers the component of the shared Flex anew, with what a function of the page makes laid over. */
export async function registerWith(agent, make) {
  // Flex shows new content a moment later: its button has a name of its own.
  registrations += 1;
  const name = `Check set-up ${registrations}`;
  const settings = { ...(await agent.control.settings()), ...AS_AGENT, asks_flex: true };
  const given = JSON.stringify({ ...settings, strings: { doctor_open: name } });
  await agent.page.evaluate(
    `window.glanceRegistration.end();
     window.glanceRegistration.begin({ ...${given}, ...(${make})() });`,
  );
  await expect(agent.page.getByRole('button', { name })).toBeVisible();
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
