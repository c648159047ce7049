// @ts-check
/**
 * Twilio Flex as the component's host. Everything is read at the moment it is needed: tokens are
 * renewed, languages change, and a page may have no Flex at all.
 */
import { attempt } from './attempt.js';
import { crmTabOf, selectTabOf } from './flex-tabs.js';

/** The statuses of a reservation that has ended; see Twilio's TaskRouter. */
const ENDED = ['completed', 'canceled', 'cancelled', 'rejected', 'rescinded', 'timeout'];
/** Of the tasks that went missing, so many are remembered. */
const MAX_MISSING = 20;
/** Flex keeps 276 pixels for its first panel, beside the navigation; a viewer wants more than is left below this. */
const MIN_WIDTH = 600;
const PANEL = '.Twilio-CRMContainer';
const DESKTOP = '.Twilio-AgentDesktopView-default';

/**
 * @param {(flex: any) => import('./host.js').Notifications} [createNotifications] Makes Flex's
 *   notifications usable, which takes React; left out, there are none.
 * @returns {import('./host.js').Host}
 */
export function createFlexHost(createNotifications) {
  let taken = {};
  /** By sid: each task that Flex listed, as it was last listed. What is missing now comes first. */
  const remembered = new Map();
  /** Whether the second panel was hidden before `showPanel`. */
  let wasHidden = false;
  let catchUp = () => {};

  const host = {
    take(flex, manager) {
      taken = { flex, manager };
    },

    release() {
      host.leavePanel();
      taken = {};
      remembered.clear();
    },

    flex() {
      if (taken.flex) return taken.flex;
      const twilio = typeof window !== 'undefined' && window['Twilio'];
      return twilio ? twilio.Flex : undefined;
    },

    manager() {
      if (taken.manager) return taken.manager;
      const { Manager } = host.flex() || {};
      // Flex throws until its Manager is created.
      return Manager && attempt(() => Manager.getInstance());
    },

    tasks() {
      const listed = listedTasks();
      return listed && Array.from(listed.values());
    },

    endedTasks() {
      remember();
      const listed = listedTasks() || new Map();
      return Array.from(remembered.values()).filter(
        // Flex keeps the status of a task that it has dropped up to date.
        (task) => !listed.has(task.sid) && ENDED.includes(task.status),
      );
    },

    selectedTask() {
      const { view } = state();
      const listed = listedTasks();
      return view && view.selectedTaskSid && listed ? listed.get(view.selectedTaskSid) : undefined;
    },

    selectTask(sid) {
      invoke('SelectTask', { sid });
    },

    async taskAttributes(sid) {
      const task = writable(sid);
      if (!task) return undefined;
      const routed = routedOf(task);
      return (routed ? await routed.fetchLatestVersion() : task).attributes;
    },

    async setTaskAttributes(sid, attributes) {
      const task = writable(sid);
      const routed = routedOf(task);
      if (routed) await withVersion(routed, () => routed.setAttributes(attributes));
      else if (task) await task.setAttributes(attributes);
    },

    async sendMessage(sid, body) {
      const listed = listedTasks();
      const conversationSid = chatOf(listed && listed.get(sid));
      const actions = host.actions();
      if (!conversationSid || !actions) return undefined;
      await actions.invokeAction('SendMessage', { body, conversationSid });
      return true;
    },

    identity() {
      const { session } = state();
      if (session) return (session.ssoTokenPayload || session).identity || undefined;
      return user().identity || undefined;
    },

    token() {
      const { session } = state();
      if (session) return session.ssoTokenPayload ? session.ssoTokenPayload.token : undefined;
      return user().token;
    },

    worker() {
      const attributes = workerAttributes();
      if (!attributes) return undefined;
      const { workerClient } = host.manager() || {};
      const { sid, name } = workerClient || {};
      const { skills = [] } = attributes.routing || {};
      const names = [sid, name].filter(Boolean);
      return { names: names.length > 0 ? names : undefined, roles: roles(), skills };
    },

    language() {
      const { localization } = host.manager() || {};
      return (localization && localization.localeTag) || navigator.language || 'en-US';
    },

    showPanel(place) {
      if (window.innerWidth < MIN_WIDTH) return 'narrow';
      if (!isOnPage(PANEL)) {
        configurePanel(true);
        wasHidden = isOnPage(PANEL);
      }
      // What a plugin has set as a default prop, Flex lets nobody configure.
      const isSeen = place ? selectTabOf(place) : isOnPage(PANEL) || !isOnPage(DESKTOP);
      if (!isSeen) return 'taken';
      if (place) selectCrmTab(place);
      return undefined;
    },

    leavePanel() {
      if (wasHidden) configurePanel(false);
      wasHidden = false;
    },

    watch(listener) {
      const { store } = host.manager() || {};
      if (!store) return undefined;
      let seen = look();
      remember();
      catchUp = () => {
        const before = seen;
        seen = look();
        // Whoever is logged in first: an empty list means more once the agent is gone.
        if (seen.identity !== before.identity) listener.onIdentity();
        else if (seen.token !== before.token) listener.onToken();
        const isSame = ['tasks', 'attributes', 'roles'].every(
          (name) => seen[name] === before[name],
        );
        if (isSame || !seen.tasks) return;
        remember();
        listener.onTasks();
      };
      const unsubscribe = store.subscribe(catchUp);
      return () => {
        catchUp = () => {};
        if (typeof unsubscribe === 'function') unsubscribe();
      };
    },

    catchUp: () => catchUp(),

    actions() {
      const { Actions } = host.flex() || {};
      return Actions && Actions.registerAction && Actions.invokeAction ? Actions : undefined;
    },

    notifications() {
      const flex = host.flex() || {};
      return createNotifications && flex.Notifications ? createNotifications(flex) : undefined;
    },
  };

  function invoke(name, payload) {
    const actions = host.actions();
    if (!actions) return;
    const done = attempt(() => actions.invokeAction(name, payload));
    // It rejects when a listener of another plugin has cancelled the action, which is its right.
    if (done && done.then) done.then(undefined, () => {});
  }

  /** Asks a container for our tab whose tabs are not known by their roles. */
  function selectCrmTab(place) {
    const title = crmTabOf(place);
    if (title) invoke('SelectCRMContainerTab', { title });
  }

  function configurePanel(showPanel2) {
    const manager = host.manager();
    if (!manager || !manager.updateConfig) return;
    attempt(() => manager.updateConfig({ componentProps: { AgentDesktopView: { showPanel2 } } }));
  }

  function state() {
    const { store } = host.manager() || {};
    return (store && attempt(() => store.getState().flex)) || {};
  }

  /** Flex's `user` throws when nobody is logged in any more. */
  function user() {
    const manager = host.manager();
    return (manager && attempt(() => manager.user)) || {};
  }

  function listedTasks() {
    const { worker } = state();
    return worker && worker.tasks;
  }

  /** A supervisor sees tasks that Flex does not list for them, and writes to none. */
  function writable(sid) {
    const listed = listedTasks();
    const task = listed && listed.get(sid);
    return task && task.setAttributes ? task : undefined;
  }

  function workerAttributes() {
    const { worker } = state();
    return worker && worker.attributes;
  }

  /** Those of the token, which the Function asks for; else as the worker has them. */
  function roles() {
    const { ssoTokenPayload } = state().session || {};
    return (ssoTokenPayload || {}).roles || (workerAttributes() || {}).roles;
  }

  function look() {
    const { identity, token } = host;
    const attributes = workerAttributes();
    return {
      tasks: listedTasks(),
      identity: identity(),
      token: token(),
      attributes,
      roles: roles(),
    };
  }

  function remember() {
    const listed = listedTasks();
    if (!listed) return;
    listed.forEach((task, sid) => {
      remembered.delete(sid);
      remembered.set(sid, task);
    });
    const tooMany = remembered.size - listed.size - MAX_MISSING;
    Array.from(remembered.keys())
      .slice(0, Math.max(0, tooMany))
      .forEach((sid) => remembered.delete(sid));
  }

  return host;
}

/** The conversation that an agent writes in. An e-mail is one as well, and takes more than a line. */
function chatOf(task) {
  if (!task || task.channelType === 'email') return undefined;
  const { conversationSid, channelSid } = task.attributes || {};
  return conversationSid || channelSid;
}

/** TaskRouter's own task, which Flex's holds: it can be read anew. */
function routedOf(task) {
  const { _task: routed } = task || {};
  return routed && routed.fetchLatestVersion && routed.setAttributes ? routed : undefined;
}

/**
 * Makes a request of TaskRouter's client that names the version it has read, so that TaskRouter refuses it where
 * somebody else was faster. Flex leaves its client's option `enableVersionCheck` off, for all its own requests: it is
 * on for this one alone, which is made at once.
 */
function withVersion({ _request: requests }, request) {
  const config = requests && requests._config;
  if (!config) return request();
  const { enableVersionCheck } = config;
  config.enableVersionCheck = true;
  try {
    return request();
  } finally {
    config.enableVersionCheck = enableVersionCheck;
  }
}

function isOnPage(selector) {
  return Boolean(document.querySelector(selector));
}
