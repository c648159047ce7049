/** What is passed on of a Flex task. Its fields are prototype getters, so they are read by name. */

/** The attributes that the component reads. */
export const ATTRIBUTES = ['glance_visitor_id', 'conversationSid', 'channelSid', 'name'];

/**
 * @param {{task?: object, visitorid?: unknown}} props Flex's task, and the prop that may be a
 *   function of it.
 * @returns {object | undefined} `{ sid, visitorid, attributes }`
 */
export function taskOf({ task, visitorid }) {
  if (!task) return undefined;
  const attributes = pick(task.attributes || {}, ATTRIBUTES);
  return { sid: task.sid, visitorid: visitorOf(visitorid, task), attributes };
}

/** The fields of these names that are there: whoever reads them takes the time for each. */
export function pick(object, names) {
  const picked = {};
  for (const name of names) {
    const value = object[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
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
