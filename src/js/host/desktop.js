// @ts-check
/** A page without Flex as the component's host: the desktop itself says what Flex would. */

/** Of the tasks that are not named any more, so many are remembered. */
const MAX_ENDED = 20;
/** Texts that a template makes of nothing. They would stand for every agent alike. */
const NOTHING = /^\s*(undefined|null|nan|\[object \w+\])?\s*$/i;

/**
 * @typedef {object} Desktop What the desktop calls.
 * @property {(tasks: {sid: string, attributes?: object, status?: string}[]) => void} setTasks
 * @property {(identity?: string | null) => void} setAgent
 */

/** @returns {import('./host.js').Host & Desktop} */
export function createDesktopHost() {
  const listeners = new Set();
  let tasks;
  let ended = [];
  let agent;

  return {
    /**
     * Names the tasks that the agent holds. Sessions of all others are given back; with presence, the
     * visitors of accepted ones are watched.
     * @throws {TypeError} If it is no list, or a task has no `sid`.
     */
    setTasks(named) {
      if (!Array.isArray(named)) throw new TypeError('setTasks takes a list of tasks.');
      const nameless = named.findIndex(
        (task) => !task || typeof task.sid !== 'string' || !task.sid,
      );
      if (nameless >= 0) {
        throw new TypeError(`setTasks: task ${nameless} of the list has no sid.`);
      }
      const before = (tasks || []).map((task) => ({ ...task, status: 'completed' }));
      const isGone = ({ sid }) => named.every((task) => task.sid !== sid);
      ended = [...ended, ...before].filter(isGone).slice(-MAX_ENDED);
      tasks = named.map((task) => ({ status: 'accepted', ...task }));
      listeners.forEach(({ onTasks }) => onTasks());
    },

    /**
     * Says which agent is logged in. Login keys, authorization and sessions of another one before are
     * forgotten.
     * @throws {TypeError} If it is no text that stands for one agent alone.
     */
    setAgent(identity) {
      const given = identity === null ? undefined : identity;
      if (given !== undefined && typeof given !== 'string') {
        throw new TypeError(
          `setAgent takes a text that stands for the agent alone, or undefined when nobody is logged in; this is ${typeof given === 'object' ? 'an object' : `a ${typeof given}`}.`,
        );
      }
      if (given !== undefined && NOTHING.test(given)) {
        throw new TypeError(
          'setAgent: the text stands for nobody. Give one that stands for the agent alone, or undefined when nobody is logged in.',
        );
      }
      if (given === agent) return;
      agent = given;
      listeners.forEach(({ onIdentity }) => onIdentity());
    },

    flex: () => undefined,
    manager: () => undefined,
    tasks: () => tasks,
    endedTasks: () => ended,
    selectedTask: () => undefined,
    selectTask() {},
    // What becomes of a session the desktop is told by `onsessionstart` and `onsessionend`.
    taskAttributes: async () => undefined,
    setTaskAttributes: async () => {},
    identity: () => agent,
    worker: () => undefined,
    token: () => undefined,
    language: () => document.documentElement.lang || navigator.language || 'en-US',
    // The desktop shows its panels itself.
    showPanel: () => undefined,
    leavePanel() {},
    actions: () => undefined,
    notifications: () => undefined,

    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
