// @ts-check
/**
 * Our Flex Actions, with the `before…` and `after…` events that Flex gives to all of them:
 *
 * - `GlanceStartSession` opens the task's session, as its button does;
 * - `GlanceJoinWithKey {sessionKey}` opens the session of a key;
 * - `GlanceEndSession` closes the viewer.
 *
 * The payload names the task as Flex's own Actions do: `{task}`, or `{sid}` of the reservation or the
 * task. With neither, the selected task is meant. The component's own buttons invoke them too.
 */
const START = 'GlanceStartSession';
const JOIN = 'GlanceJoinWithKey';
const END = 'GlanceEndSession';

/**
 * @param {import('./host/host.js').Host} host
 * @param {object} sessions What the Actions do. Each gives nothing or a promise, and throws a text
 *   that says why not.
 * @param {(task: object, sessionKey?: string) => unknown} sessions.start
 * @param {(sid: string) => unknown} sessions.end
 * @param {(sid: string, again: boolean) => unknown} sessions.waits A button's Action has not run yet.
 * @param {(sid: string) => unknown} sessions.isOver It runs, or never will.
 */
export function createActions(host, sessions) {
  /** Whose Actions have ours. Flex cannot unregister an Action. */
  let registered;
  /** The buttons' Actions that have not run yet, by name and task: which attempt, and whether that was told. */
  const waiting = new Map();
  /** By name, task and attempt: those that the agent has given up, and Flex has not. */
  const givenUp = new Set();
  let attempts = 0;

  function over(key, sid, attempt) {
    givenUp.delete(`${key} ${attempt}`);
    const own = waiting.get(key);
    if (!own || own.attempt !== attempt) return;
    waiting.delete(key);
    if (own.isTold) sessions.isOver(sid);
  }

  /** The number of an attempt beside those that were given up: Flex refuses what looks like one of them. */
  function anew(key) {
    if (!Array.from(givenUp).some((id) => id.startsWith(`${key} `))) return undefined;
    attempts += 1;
    return attempts;
  }

  /** Nothing is thrown into Flex: what goes wrong rejects. */
  const action = (name, run) => async (payload) => {
    if (!registered) throw new Error(`${name}: Glance Cobrowse is not registered any more.`);
    try {
      const task = find(host, name, payload);
      const key = `${name} ${task.sid}`;
      const { attempt } = payload || {};
      if (givenUp.has(`${key} ${attempt}`)) throw new Error(`${name}: the agent has given it up.`);
      over(key, task.sid, attempt);
      await run(payload, task);
    } catch (error) {
      throw typeof error === 'string' ? new Error(`flex-glance: ${error}.`) : error;
    }
  };
  const start = action(START, (_, task) => sessions.start(task));
  const end = action(END, (_, { sid }) => sessions.end(sid));
  const join = action(JOIN, ({ sessionKey }, task) => sessions.start(task, String(sessionKey)));

  return {
    /** Registers the actions, as soon as there is a Flex. */
    register() {
      const actions = host.actions();
      if (!actions || registered === actions) return;
      registered = actions;
      actions.registerAction(START, start);
      actions.registerAction(JOIN, join);
      actions.registerAction(END, end);
    },

    /** From now on each of them rejects. */
    unregister() {
      registered = undefined;
    },

    /**
     * Invokes one of the actions for a button.
     * @param {string} name
     * @param {object} payload
     * @returns {boolean} Whether Flex has them.
     */
    perform(name, payload) {
      const actions = host.actions();
      if (!actions || actions !== registered) return false;
      const { sid } = payload;
      const key = `${name} ${sid}`;
      const isSecond = waiting.has(key);
      const own = waiting.get(key) || { attempt: anew(key), isTold: false };
      const { attempt } = own;
      waiting.set(key, own);
      const done = actions.invokeAction(name, attempt ? { ...payload, attempt } : payload);
      if (!done || !done.then) {
        waiting.delete(key);
        return false;
      }
      // A listener of another plugin comes first, and Flex refuses the same Action meanwhile.
      if (waiting.has(key)) {
        own.isTold = true;
        sessions.waits(sid, isSecond);
      }
      // It rejects when such a listener has cancelled the action, which is its right.
      if (isSecond) done.then(undefined, () => {});
      else
        done.then(
          () => over(key, sid, attempt),
          () => over(key, sid, attempt),
        );
      return true;
    },

    /** The agent does not wait any more for what another plugin holds: it does nothing when it runs. */
    giveUp(sid) {
      [START, JOIN, END].forEach((name) => {
        const key = `${name} ${sid}`;
        const own = waiting.get(key);
        if (own) givenUp.add(`${key} ${own.attempt}`);
        waiting.delete(key);
      });
    },
  };
}

/** The agent's task that the payload names. */
function find(host, name, payload) {
  if (payload !== undefined && payload !== null && typeof payload !== 'object') {
    throw new Error(`${name}: the payload is no object.`);
  }
  const given = payload || {};
  if (name === JOIN && !given.sessionKey) throw new Error(`${JOIN} needs a sessionKey.`);
  const tasks = host.tasks() || [];
  const named = [];
  if ('task' in given) named.push(['task', given.task && bySid(tasks, given.task.sid)]);
  if ('sid' in given) named.push(['sid', bySid(tasks, given.sid)]);
  const [missing] = named.find(([, task]) => !task) || [];
  if (missing) {
    throw new Error(`${name}: \`${missing}\` of the payload names none of the agent's tasks.`);
  }
  const [[, task] = []] = named;
  if (named.some(([, other]) => other !== task)) {
    throw new Error(`${name}: \`task\` and \`sid\` of the payload name two tasks.`);
  }
  const found = task || host.selectedTask();
  if (!found) throw new Error(`${name}: no task is selected.`);
  return found;
}

function bySid(tasks, sid) {
  if (typeof sid !== 'string' || !sid) return undefined;
  return tasks.find((task) => task.sid === sid) || tasks.find(({ taskSid }) => taskSid === sid);
}
