/**
 * Our Flex Actions, with the `before…` and `after…` events that Flex gives to all of them:
 *
 * - `GlanceStartSession {sid}` opens the task's session, as its button does;
 * - `GlanceJoinWithKey {sid, sessionKey}` opens the session of a key;
 * - `GlanceEndSession {sid}` closes the viewer.
 *
 * `sid` is the reservation's (`task.sid`); left out, the selected task is meant. The component's own
 * buttons invoke them too.
 */
import { flex, selectedTask, taskBySid } from './flex.js';
import { current, load } from './instance.js';
import { taskOf } from './task.js';

let registered;

/** Registers the actions once, as soon as there is a Flex. */
export function registerActions() {
  const here = flex();
  if (registered || !here || !here.Actions) return;
  registered = here.Actions;
  registered.registerAction('GlanceStartSession', (payload) =>
    start('GlanceStartSession', payload),
  );
  registered.registerAction('GlanceJoinWithKey', (payload) => {
    if (!payload || !payload.sessionKey) throw new Error('GlanceJoinWithKey needs a sessionKey.');
    return start('GlanceJoinWithKey', payload, String(payload.sessionKey));
  });
  registered.registerAction('GlanceEndSession', (payload) => {
    const { sid } = find('GlanceEndSession', payload);
    return enter((instance) => instance.endSession(sid));
  });
}

/**
 * Invokes one of the actions for a button.
 * @returns {boolean} Whether Flex has them.
 */
export function perform(name, payload) {
  if (!registered) return false;
  // It rejects when a listener of another plugin has cancelled the action, which is its right.
  registered.invokeAction(name, payload).catch(() => {});
  return true;
}

function start(action, payload, sessionKey) {
  const task = find(action, payload);
  return enter((instance) => instance.startSession(taskOf({ task }), sessionKey));
}

function find(action, payload) {
  const sid = payload && payload.sid;
  const task = sid ? taskBySid(sid) : selectedTask();
  if (!task) {
    throw new Error(`${action}: ${sid ? `there is no task ${sid}` : 'no task is selected'}.`);
  }
  return task;
}

// Without waiting if the instance is there: a tab may open only within the agent's click.
function enter(work) {
  const guarded = (instance) => {
    try {
      return work(instance);
    } catch (error) {
      throw typeof error === 'string' ? new Error(`flex-glance: ${error}.`) : error;
    }
  };
  const instance = current();
  return instance ? guarded(instance) : load().then(guarded);
}
