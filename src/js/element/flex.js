/** What the custom element has in place of Flex: the tasks that the desktop itself names. */

let named;
let heard = () => {};

/**
 * Names the tasks that the agent holds. Sessions of all others are given back; with presence, the
 * visitors of accepted ones are watched.
 * @param {{sid: string, attributes?: object, status?: string}[]} tasks `status` is a reservation's
 *   in Flex; left out, the task is accepted.
 * @throws {TypeError} If it is no list, or a task has no `sid`.
 */
export function setTasks(tasks) {
  if (!Array.isArray(tasks)) throw new TypeError('setTasks takes a list of tasks.');
  const nameless = tasks.findIndex((task) => !task || typeof task.sid !== 'string' || !task.sid);
  if (nameless >= 0) throw new TypeError(`setTasks: task ${nameless} of the list has no sid.`);
  named = tasks.map((task) => ({ status: 'accepted', ...task }));
  heard();
}

export function listTasks() {
  return named;
}

export function watchTasks(listen) {
  heard = listen;
  return true;
}

/** There is no Flex. */
export function flex() {}

export function manager() {}

export function currentToken() {
  return undefined;
}

export function language() {
  return document.documentElement.lang || navigator.language || 'en-US';
}

/** The desktop shows its panels itself. */
export function showPanel() {}
