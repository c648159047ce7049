// Presence: the page's leave to use it, and one watch for each visitor of the agent's tasks.
import { gate, isOpen, setAccess, tellAccessTo } from './access.js';
import { delay } from './key-holder.js';
import { bare } from './viewer.js';
import { taskKey } from './session-key.js';

const PAGE_CHANGE_MS = 4000;
const MAX_SHOWN = 60;

const CHECKING = { is: 'checking' };

let context;
let listed = false;
let tasks = [];
let visitors = new Map();
let hear = () => {};

/** Who is told of everything: `{moved(sid, was, is), met(sid, type), changed(sid)}`. */
export function tellPresenceTo(listener) {
  hear = listener;
}

/** The props that presence was begun with. */
export const presenceContext = () => context;

/** Starts the watch if the props ask for it. */
export function beginPresence(given) {
  const { config } = given;
  if (!config.presence) return;
  const isSame =
    context &&
    ['groupId', 'cdn', 'presenceServer', 'authorization'].every(
      (name) => context.config[name] === config[name],
    );
  if (!isSame) gate('unwanted');
  context = given;
  setAccess(config);
  if (!isSame) retarget();
}

/** Follows the tasks that Flex lists. */
export function followTasks(accepted) {
  listed = true;
  tasks = accepted;
  retarget();
}

/** Follows a task that a component shows on a page without Flex. */
export function followShown(task) {
  if (listed || tasks.some((known) => isSameTask(known, task))) return;
  tasks = [...tasks.filter(({ sid }) => sid !== task.sid), task];
  if (context) retarget();
}

function isSameTask(a, b) {
  return a.sid === b.sid && taskKey(a).key === taskKey(b).key;
}

/** Where the task's visitor is; nothing where presence does not know of them. */
export function whereaboutsOf(sid) {
  const visitor = visitorOf(sid);
  return visitor && visitor.whereabouts;
}

export function taskOfPresence(sid) {
  return tasks.find((task) => task.sid === sid);
}

/** Shows the task's visitor the terms. */
export function invite(sid, launch) {
  const visitor = visitorOf(sid);
  if (!visitor || !visitor.agent) return false;
  const args = { sessionKey: launch.sessionKey };
  if (launch.video.visitor) args.video = launch.video.visitor;
  const { agent } = visitor;
  const onfail = visitor.guard((error) => {
    if (codeOf(error) === 'authorization') gate('rejected');
    meetAll(visitor, 'notReached');
  });
  try {
    agent.invokeVisitor({ func: 'GLANCE.Cobrowse.Visitor.showTerms', args, onfail });
    return true;
  } catch (_) {
    return false;
  }
}

function visitorOf(sid) {
  const task = taskOfPresence(sid);
  return task && visitors.get(taskKey(task).key);
}

function tasksOf(visitor) {
  return tasks.filter((task) => taskKey(task).key === visitor.id);
}

function retarget() {
  const wanted = context ? tasks.map((task) => taskKey(task).key).filter(Boolean) : [];
  const before = visitors;
  visitors = new Map();
  const fresh = [];
  wanted.forEach((id) => {
    if (visitors.has(id)) return;
    const known = before.get(id);
    visitors.set(id, known || newVisitor(id));
    if (!known) fresh.push(visitors.get(id));
  });
  before.forEach((visitor, id) => visitors.has(id) || disconnect(visitor));
  if (visitors.size === 0) {
    if (!isOpen()) gate('unwanted');
  } else if (isOpen()) {
    fresh.forEach(opened);
  } else {
    gate('wanted');
  }
  tasks.forEach(({ sid }) => hear.changed(sid));
}

// One visitor.

function newVisitor(id) {
  return { id, whereabouts: CHECKING, line: 'closed', breaks: 0, leaving: false };
}

function move(visitor, whereabouts) {
  const was = visitor.whereabouts;
  visitor.whereabouts = whereabouts;
  const isSame = was.is === whereabouts.is && was.page === whereabouts.page;
  if (isSame && was.obstacle === whereabouts.obstacle) return;
  tasksOf(visitor).forEach((task) => hear.moved(task, was, whereabouts));
}

function heard(visitor) {
  visitor.breaks = 0;
  visitor.leaving = false;
}

function opened(visitor) {
  if (visitor.line !== 'closed') return;
  heard(visitor);
  move(visitor, CHECKING);
  connect(visitor);
}

function closed(visitor, obstacle) {
  if (visitor.line !== 'closed') disconnect(visitor);
  visitor.line = 'closed';
  move(visitor, obstacle ? { is: 'unknown', obstacle } : CHECKING);
}

function connect(visitor) {
  disconnect(visitor);
  visitor.line = 'open';
  let deaf = false;
  visitor.mute = () => (deaf = true);
  visitor.guard = (handle) => (event) => {
    if (!deaf) handle(event || {});
  };
  const { guard } = visitor;
  try {
    const parameters = { visitorid: visitor.id };
    const { presenceServer } = context.config;
    if (presenceServer) parameters.presenceserver = bare(presenceServer);
    const agent = new window.GLANCE.Presence.Agent(parameters);
    visitor.agent = agent;
    agent.onvisitorconn = guard(({ connected }) => onConnected(visitor, Boolean(connected)));
    agent.onpresence = guard((info) => onPage(visitor, pageOf(info)));
    agent.onterms = guard(({ status }) => {
      if (status === 'accepted' || status === 'declined') meetAll(visitor, status);
    });
    agent.onvisitorsessionstart = guard(() => meetAll(visitor, 'started'));
    agent.onvisitorsessionend = guard(() => meetAll(visitor, 'ended'));
    agent.onerror = guard((error) => onError(visitor, error));
    agent.onvisitorerror = agent.onerror;
    agent.connect();
    lookUp(visitor);
  } catch (_) {
    broken(visitor);
  }
}

function disconnect(visitor) {
  clearTimeout(visitor.alarm);
  if (visitor.mute) visitor.mute();
  const { agent } = visitor;
  visitor.agent = undefined;
  if (agent && agent.disconnect) agent.disconnect();
}

function lookUp(visitor) {
  visitor.agent.lookupVisitor({
    onsuccess: visitor.guard((info) => {
      const page = pageOf(info);
      if (!info.visitorid && !info.url) onAway(visitor);
      // A look-up may know less than what the visitor's page has told.
      else if (page || visitor.whereabouts.is !== 'here') onPage(visitor, page);
      else heard(visitor);
    }),
    onfail: visitor.guard((error) => onError(visitor, error)),
  });
}

function onPage(visitor, page) {
  if (visitor.line !== 'open') return;
  heard(visitor);
  move(visitor, { is: 'here', page });
}

function onAway(visitor) {
  if (visitor.line !== 'open') return;
  heard(visitor);
  move(visitor, { is: 'away' });
}

function onConnected(visitor, isConnected) {
  if (visitor.line !== 'open') return;
  const wasHere = visitor.whereabouts.is === 'here';
  if (isConnected) {
    if (wasHere) {
      heard(visitor);
    } else {
      onPage(visitor, undefined);
      lookUp(visitor);
    }
  } else if (wasHere) {
    // Who is back within this time went to another page.
    visitor.leaving = true;
    visitor.alarm = setTimeout(() => visitor.leaving && onAway(visitor), PAGE_CHANGE_MS);
  } else {
    onAway(visitor);
  }
}

function onError(visitor, error) {
  const code = codeOf(error);
  if (code === 'authorization') {
    gate('rejected');
    meetAll(visitor, 'notReached');
  } else if (code === 'visitornotpresent') {
    onAway(visitor);
  } else {
    broken(visitor);
  }
}

function broken(visitor) {
  if (visitor.line !== 'open') return;
  disconnect(visitor);
  visitor.line = 'broken';
  visitor.alarm = setTimeout(() => connect(visitor), delay(visitor.breaks));
  visitor.breaks += 1;
  move(visitor, { is: 'unknown', obstacle: { kind: 'connection' } });
}

function meetAll(visitor, type) {
  tasksOf(visitor).forEach(({ sid }) => hear.met(sid, type));
}

function codeOf(error) {
  return typeof error === 'string' ? error : error && error.code;
}

/** What a page is called: its path, or on the front page the host, and the browser. */
function pageOf({ url, browser }) {
  const parts = [placeOf(url), shorten(browser)].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

function placeOf(url) {
  const [, address] = /^[^:]*:\/\/([^?#]*)/.exec(url || '') || [];
  if (!address) return undefined;
  const trimmed = address.replace(/\/+$/, '');
  const slash = trimmed.indexOf('/');
  return shorten(slash < 0 ? trimmed.split('@').pop() : trimmed.slice(slash));
}

function shorten(text) {
  if (typeof text !== 'string') return undefined;
  // eslint-disable-next-line no-control-regex
  const characters = Array.from(text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim());
  if (characters.length <= MAX_SHOWN) return characters.join('');
  return `${characters.slice(0, MAX_SHOWN).join('')}…`;
}

tellAccessTo({
  opened: () => visitors.forEach(opened),
  closed: (obstacle) => visitors.forEach((visitor) => closed(visitor, obstacle)),
  isNeeded: () => visitors.size > 0,
});
