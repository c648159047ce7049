/**
 * What is asked of Flex's Manager. Everything is read at the moment it is needed: tokens are
 * renewed, languages change, and a page may have no Flex at all.
 */

let taken;
let takenFlex;

/** Remembers what a plugin's `init` was given. */
export function takeFlex(flexOfPlugin, manager) {
  takenFlex = flexOfPlugin;
  taken = manager;
}

/** Flex as the plugin was given it, or as it stands on the page, or undefined. */
export function flex() {
  if (takenFlex) return takenFlex;
  const twilio = typeof window !== 'undefined' && window.Twilio;
  return twilio ? twilio.Flex : undefined;
}

/** Flex's Manager, or undefined. */
export function manager() {
  if (taken) return taken;
  const here = flex();
  try {
    return here ? here.Manager.getInstance() : undefined;
  } catch (_) {
    // Flex throws until its Manager is created.
    return undefined;
  }
}

function state() {
  const current = manager();
  return current && current.store ? current.store.getState().flex : undefined;
}

/** The token of the agent's Flex session, or undefined. */
export function currentToken() {
  const current = manager();
  if (current && current.user && current.user.token) return current.user.token;
  const { session } = state() || {};
  const payload = session && session.ssoTokenPayload;
  return payload ? payload.token : undefined;
}

/** The language tag that Flex speaks, or the browser's. */
export function language() {
  const current = manager();
  const tag = current && current.localization && current.localization.localeTag;
  return tag || navigator.language || 'en-US';
}

/** Brings a hidden second panel into view. */
export function showPanel() {
  const current = manager();
  if (current && current.updateConfig) {
    current.updateConfig({ componentProps: { AgentDesktopView: { showPanel2: true } } });
  }
}

function tasks() {
  const { worker } = state() || {};
  return worker && worker.tasks;
}

/** Flex's own task of this reservation, or undefined. */
export function taskBySid(sid) {
  const listed = tasks();
  return listed && listed.get(sid);
}

/** The task that the agent has selected, or undefined. */
export function selectedTask() {
  const { view } = state() || {};
  return view && view.selectedTaskSid ? taskBySid(view.selectedTaskSid) : undefined;
}

/** All tasks that Flex lists for the agent, or undefined without a Flex. */
export function listTasks() {
  const listed = tasks();
  return listed && Array.from(listed.values());
}

/**
 * Calls `listen` whenever Flex's tasks change.
 * @returns {boolean} Whether there is a Flex to watch.
 */
export function watchTasks(listen) {
  const current = manager();
  if (!current || !current.store) return false;
  let seen = tasks();
  current.store.subscribe(() => {
    const listed = tasks();
    if (!listed || listed === seen) return;
    seen = listed;
    listen();
  });
  return true;
}
