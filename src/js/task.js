// @ts-check
/** What is passed on of a Flex task. Its fields are prototype getters, so they are read by name. */
import { attempt } from './host/attempt.js';
import { factsOf } from './policy.js';
import { differ, pick } from './props.js';

/** The attribute that says what becomes of a task's sessions: `core::session::facts` has its form. */
export const SESSION = 'glance_session';

/** The attributes that the component reads. */
export const ATTRIBUTES = ['glance_visitor_id', 'conversationSid', 'channelSid', 'name'];

/**
 * @param {{task?: any, visitorid?: unknown, paths?: string[]}} given Flex's task, the prop that may be a
 *   function of it, and the paths that policies name, if there are any.
 * @returns {{sid: string, taskSid?: string, visitorid: unknown, attributes: object, facts?: object,
 *   session?: object} | undefined}
 */
export function taskOf({ task, visitorid, paths }) {
  if (!task) return undefined;
  const attributes = pick(task.attributes || {}, ATTRIBUTES);
  const { sid, taskSid } = task;
  const facts = paths && factsOf(task, paths);
  const session = copyOf(attempt(() => task.attributes[SESSION]));
  return { sid, taskSid, visitorid: visitorOf(visitorid, task), attributes, facts, session };
}

/** Whether two results of `taskOf` differ. */
export function taskDiffers(before, after) {
  if (!before || !after) return before !== after;
  return (
    differ(before, after, ['sid', 'taskSid', 'visitorid']) ||
    differ(before.attributes, after.attributes, ATTRIBUTES) ||
    JSON.stringify(before.facts) !== JSON.stringify(after.facts) ||
    JSON.stringify(before.session) !== JSON.stringify(after.session)
  );
}

/** Flex changes attributes in place. */
function copyOf(session) {
  return session && attempt(() => JSON.parse(JSON.stringify(session)));
}

function visitorOf(visitorid, task) {
  if (typeof visitorid !== 'function') return visitorid;
  try {
    return visitorid(task);
  } catch (error) {
    console.error('flex-glance: the visitorid function threw.', error);
    return undefined;
  }
}
