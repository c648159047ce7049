// The sessions of the page by task, what runs for them, and who hears of their changes.
import { notify } from './host.js';
import { NEW_SESSION, stepSession } from './meeting.js';
import { openViewer } from './viewer.js';
import * as viewers from './viewers.js';
import * as presence from './presence.js';
import { wantKey } from './key-holder.js';
import { taskKey } from './session-key.js';

const ANSWER_PATIENCE_MS = 60000;
const WINDOW_CHECK_MS = 1000;
const CHECKING = { is: 'checking' };

const entries = new Map();
const listeners = new Set();
/** Which task each component shows, and whether in the header. */
const shown = new Map();
let fallback;

/** @returns {() => void} Ends it. */
export function subscribe(listen) {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

function tell(sid) {
  Array.from(listeners).forEach((listen) => listen(sid));
}

/** Notes which task a component shows to the agent. */
export function show(component, sid, inHeader) {
  if (sid) shown.set(component, { sid, inHeader });
  else shown.delete(component);
}

export function isInHeader(sid) {
  return Array.from(shown.values()).some((it) => it.inHeader && it.sid === sid);
}

function isShown(sid) {
  return Array.from(shown.values()).some((it) => it.sid === sid);
}

export function sessionOf(sid) {
  const entry = entries.get(sid);
  return entry ? entry.session : NEW_SESSION;
}

/** Takes what sessions start with before a component acts on them. */
export function begin(context) {
  fallback = context;
  presence.beginPresence(context);
}

/** Notes how a component acts for the task. */
export function prepare(task, context) {
  Object.assign(entryOf(task.sid), { context, task });
}

export function act(sid, context, input) {
  entryOf(sid).context = context;
  dispatch(sid, input);
}

function entryOf(sid) {
  if (!entries.has(sid)) entries.set(sid, { session: NEW_SESSION });
  return entries.get(sid);
}

function contextOf(sid) {
  const { context } = entries.get(sid) || {};
  return context || fallback;
}

/** The opening of one session as the props want it. */
export function launchOf({ config }, sessionKey) {
  return {
    sessionKey,
    groupId: config.groupId,
    web: config.web,
    target: config.target,
    withoutPanel: false,
    video: config.video,
  };
}

/** The key of the session that is open or failed, or the task's own. */
export function keyOf(task) {
  const { launch } = sessionOf(task.sid).viewer;
  return launch ? launch.sessionKey : taskKey(task).key;
}

/** The input that opens a session: through presence where it knows the visitor. */
export function opening({ config }, task, wanted, meets) {
  const launch =
    wanted.target === 'flex' && !viewers.hasPanel()
      ? { ...wanted, target: 'tab', withoutPanel: true }
      : wanted;
  const isReady = sessionOf(task.sid).viewer.is === 'ready';
  if (!meets || !isReady || !presence.whereaboutsOf(task.sid)) {
    return { of: 'viewer', type: 'launch', launch };
  }
  const { target } = launch;
  const atOnce = target === 'window' || (target === 'tab' && config.immediateTab);
  return { of: 'meeting', type: 'meet', launch, atOnce };
}

/** Starts the task's session for a Flex Action. */
export function start(task, typed) {
  const context = contextOf(task.sid);
  const { task: own } = entries.get(task.sid) || {};
  const known = own ? { ...task, visitorid: own.visitorid } : task;
  const key = typed || keyOf(known);
  if (!context || !key) return false;
  act(task.sid, context, opening(context, known, launchOf(context, key), !typed));
  return true;
}

export function dispatch(sid, input) {
  const entry = entries.get(sid);
  if (entry) {
    const before = entry.session;
    const whereabouts = presence.whereaboutsOf(sid) || CHECKING;
    const [session, commands] = stepSession(before, input, whereabouts, Date.now());
    entry.session = session;
    if (session.meeting.is !== 'asked') clearTimeout(entry.patience);
    const context = contextOf(sid);
    if (context && context.config.debug) {
      console.debug(
        `flex-glance ${sid}: ${input.type} -> ${session.meeting.is}, ${session.viewer.is}`,
      );
    }
    commands.forEach(([name, ...args]) => COMMANDS[name](sid, ...args));
    if (before.viewer.is !== 'blocked' && entry.session.viewer.is === 'blocked') noteBlocked(sid);
    watchWindow(sid, entry);
    if (input.type === 'taskOver') entries.delete(sid);
  }
  tell(sid);
}

const view = (sid, type, more) => dispatch(sid, { of: 'viewer', type, ...more });

const COMMANDS = {
  openWindow(sid, target) {
    const { t } = contextOf(sid);
    if (!viewers.openWindow(sid, target, t('loading'))) view(sid, 'windowBlocked');
  },
  requestKey(sid) {
    const { config } = contextOf(sid);
    const entry = entryOf(sid);
    entry.giveUp = wantKey(config, true, ({ grant, failure }) =>
      view(sid, grant ? 'keyGranted' : 'keyFailed', { grant, failure }),
    );
  },
  cancelRequest(sid) {
    const { giveUp } = entryOf(sid);
    if (giveUp) giveUp();
  },
  navigate(sid, url) {
    if (!viewers.navigate(sid, url)) view(sid, 'windowClosed');
  },
  showFrame(sid, url) {
    const { t } = contextOf(sid);
    const watch = viewers.showFrame(
      sid,
      url,
      t('frame_title'),
      () => view(sid, 'frameArrived'),
      () => view(sid, 'frameSlow'),
    );
    if (watch) entryOf(sid).endFrameWatch = watch;
    else view(sid, 'panelGone');
  },
  closeWindow: viewers.closeWindow,
  closeFrame(sid) {
    const { endFrameWatch } = entryOf(sid);
    if (endFrameWatch) endFrameWatch();
    viewers.closeFrame(sid);
  },
  bringToFront(sid) {
    const { is } = sessionOf(sid).viewer;
    if (is === 'panel' || is === 'panelGone') viewers.focusFrame(sid);
    else viewers.focusWindow(sid);
  },
  invite(sid, launch) {
    if (!presence.invite(sid, launch)) dispatch(sid, { of: 'meeting', type: 'notReached' });
  },
  startPatience(sid) {
    entryOf(sid).patience = setTimeout(
      () => dispatch(sid, { of: 'meeting', type: 'patienceOver' }),
      ANSWER_PATIENCE_MS,
    );
  },
  reportStart: (sid) => report(sid, 'onsessionstart', { sid }),
  reportEnd: (sid, duration, reason) =>
    report(sid, 'onsessionend', { sid, duration: duration / 1000, reason }),
};

function report(sid, name, detail) {
  const handler = contextOf(sid).config[name];
  if (!handler) return;
  try {
    handler(detail);
  } catch (error) {
    console.error(error);
  }
}

// No event tells when the agent closes a window.
function watchWindow(sid, entry) {
  const { viewer } = entry.session;
  const isOpen =
    viewer.is === 'window'
      ? viewer.held
      : viewer.is === 'fetching' && viewer.launch.target !== 'flex' && !viewer.blocked;
  if (isOpen && !entry.windowWatch) {
    entry.windowWatch = setInterval(() => {
      if (viewers.windowIsGone(sid)) view(sid, 'windowClosed');
    }, WINDOW_CHECK_MS);
  } else if (!isOpen && entry.windowWatch) {
    clearInterval(entry.windowWatch);
    entry.windowWatch = undefined;
  }
}

/** A viewer that opens when the visitor accepts opens outside any click. */
function noteBlocked(sid) {
  const { is } = sessionOf(sid).meeting;
  const task = presence.taskOfPresence(sid);
  if (task && (is === 'accepted' || is === 'inSession')) {
    raise('accepted', task, 'notify_accepted', 'open_viewer');
  }
}

function raise(kind, task, name, button) {
  const { t } = contextOf(task.sid);
  const { name: given } = task.attributes;
  const customer = (typeof given === 'string' && given.trim()) || t('the_customer');
  notify(kind, { sid: task.sid, text: t(name, { customer }), button: t(button) });
}

/** Follows the link of a viewer that the browser blocked. Runs inside the agent's click. */
export function followLink(sid) {
  const { launch } = sessionOf(sid).viewer;
  if (!launch) return false;
  const held = viewers.openWindow(sid, launch.target, '');
  view(sid, 'linkFollowed', { held });
  return held;
}

/** Takes the tasks that Flex lists: `{sid, visitorid, attributes, status}`. */
export function takeTasks(all) {
  const held = all.filter(({ status }) =>
    ['pending', 'accepted', 'wrapping', 'wrapup'].includes(status),
  );
  Array.from(entries.keys())
    .filter((sid) => !held.some((task) => task.sid === sid))
    .forEach((sid) => dispatch(sid, { of: 'both', type: 'taskOver' }));
  presence.followTasks(held.filter(({ status }) => status !== 'pending'));
}

/** Notices the frames that Flex took off the page with their panel. */
export function noticeLostFrames() {
  viewers.lostFrames().forEach((sid) => view(sid, 'panelGone'));
}

presence.tellPresenceTo({
  changed: tell,
  met(sid, type) {
    entryOf(sid);
    dispatch(sid, { of: 'meeting', type });
  },
  moved(task, was, whereabouts) {
    dispatch(task.sid, { of: 'meeting', type: 'seen', whereabouts });
    const hasCome = was.is === 'away' && whereabouts.is === 'here';
    const { config } = presence.presenceContext();
    if (hasCome && config.notifications && !isShown(task.sid)) {
      raise('arrived', task, 'notify_arrived', 'show_task');
    }
  },
});

/** Whether a time runs that the agent sees. */
export function hasTimer({ meeting, viewer }) {
  return meeting.is === 'inSession' || viewer.openedAt !== undefined;
}

/** Whether a frame in the panel belongs to the session. */
export function isInPanel({ viewer }) {
  const open = openViewer(viewer);
  return Boolean(open && open.is === 'panel');
}
