// @ts-check
/** What is passed on of a Flex task. Its fields are prototype getters, so they are read by name. */
import { differ, pick } from './props.js';

/** The attributes that the component reads. */
export const ATTRIBUTES = ['glance_visitor_id', 'conversationSid', 'channelSid', 'name'];

/**
 * @param {{task?: any, visitorid?: unknown}} given Flex's task, and the prop that may be a function
 *   of it.
 * @returns {{sid: string, taskSid?: string, visitorid: unknown, attributes: object} | undefined}
 */
export function taskOf({ task, visitorid }) {
  if (!task) return undefined;
  const attributes = pick(task.attributes || {}, ATTRIBUTES);
  const { sid, taskSid } = task;
  return { sid, taskSid, visitorid: visitorOf(visitorid, task), attributes };
}

/** Whether two results of `taskOf` differ. */
export function taskDiffers(before, after) {
  if (!before || !after) return before !== after;
  return (
    differ(before, after, ['sid', 'taskSid', 'visitorid']) ||
    differ(before.attributes, after.attributes, ATTRIBUTES)
  );
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
