/**
 * What the component on the page thinks of its props and its task, by its own account
 * (`src/bindings/diagnosis.rs`).
 *
 * @typedef {object} Diagnosis
 * @property {{prop: string, setting?: string, given: string, expected: string}[]} wrong Props, what
 *   administrators set them by, the types of their values, and what they take.
 * @property {Settings} [settings] What the component works with, unless a prop is wrong.
 * @property {Visitor} [visitor] Without a task there is none.
 * @property {{session: string, presence?: string, blocked: boolean}} [session] The state of the task;
 *   `blocked`: the browser blocked the viewer's window.
 * @property {Verdict} [policy] What the policy makes of the task; without a task, or with a wrong prop, nothing.
 *
 * @typedef {object} Verdict
 * @property {boolean} has_rules
 * @property {boolean} is_running Whether something runs that the policy leaves alone.
 * @property {Denial[]} denials Every rule that says no.
 *
 * @typedef {[
 *   kind: 'roles' | 'queues' | 'channels' | 'skills' | 'attributes' | 'workers',
 *   why: 'not listed' | 'excluded' | 'not told',
 *   entry?: number,
 * ]} Denial `entry`: of `not`.
 *
 * @typedef {object} Settings
 * @property {number} groupid
 * @property {string} authurl
 * @property {boolean} authtoken Whether the prop gives the token, and not Flex.
 * @property {'flex' | 'tab' | 'window'} openlocation
 * @property {boolean} presence
 * @property {{web: string, cdn: string, presence?: string, authorization: string}} hosts
 *
 * @typedef {object} Visitor
 * @property {[attribute: string, text: string][]} nothing Attributes whose text stands for nothing.
 * @property {string} [attribute] The one that counts.
 * @property {string} [key] Its session key.
 * @property {string} [problem] Why there is none, as the agent reads it.
 */

import { check } from './finding.mjs';
import { withLimit } from './observe/limit.mjs';

const PATIENCE_MS = 10_000;

/**
 * @param {import('./subject.mjs').Subject} subject
 * @returns {Promise<Diagnosis | undefined>} Undefined if no component answers.
 */
export function askComponent({ props, task, ask }) {
  return withLimit(Promise.resolve(ask(props, task)), PATIENCE_MS, () => undefined).catch(() => {});
}

/** The component is on the page and does not run. */
export function noAnswer() {
  const SUBJECT = check('doctor.subject', 'The component itself says what it thinks of its props.');
  return SUBJECT.unknown(
    'The component does not run, so that nothing can be told of its props, its Function and its servers.',
    "Press Try again in the component, or reload Flex, and run it again. If it stays, look for flex-glance's fault in the browser's console.",
  );
}
