/**
 * What is examined: a component's props and task, and Flex around it. Everything is read at the moment
 * it is asked for, since tokens are renewed and tasks change.
 *
 * @typedef {object} Subject
 * @property {Record<string, any>} props As the plugin gave them.
 * @property {object} [task] Flex's task that the component shows; otherwise the selected one counts.
 * @property {(props: object, task?: object) => Promise<import('./diagnosis.mjs').Diagnosis>} ask What a
 *   component on the page thinks of such props and such a task.
 * @property {'header' | 'panel' | 'host'} [slot]
 */

import { host } from './host.mjs';

/** The facts of Flex's Manager that the checks use. */
export const flexFacts = {
  token: host.token,
  identity: () => (user() || {}).identity,
  roles: () => (user() || {}).roles || [],
  hasManager: () => Boolean(host.manager()),
  /** When Flex's session ends, in Unix milliseconds; undefined if Flex does not say. */
  sessionEndsAtMs() {
    const current = host.manager();
    const { session } = (current && current.store && current.store.getState().flex) || {};
    const payload = session && session.ssoTokenPayload;
    const endsAtMs = payload ? Date.parse(payload.expiration) : NaN;
    return Number.isNaN(endsAtMs) ? undefined : endsAtMs;
  },
};

function user() {
  const current = host.manager();
  return current && current.user;
}

/**
 * Whether the doctor offers itself: to administrators of Flex, and to whoever debugs.
 * @param {Record<string, any>} props
 */
export function mayDiagnose({ debugmode }) {
  return flexFacts.roles().includes('admin') || String(debugmode) === 'true';
}

/**
 * The subject as it is now, with the task that is meant.
 * @param {Subject} subject
 * @returns {Subject}
 */
export function withTask(subject) {
  return { ...subject, task: subject.task || host.selectedTask() };
}
