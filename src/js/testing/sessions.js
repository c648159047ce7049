/** What becomes of a task's session: the real component's states, as far as a plugin can notice them. */
import * as TEXTS from '../../../locales/en.json';

import { calls, given, note, script, sessions, shown, visitors, watched } from './desk.js';

const LONGEST_KEY = 62;

/** The task's session key, which is the visitor's ID; undefined if it names none. */
export function keyOf({ visitorid, attributes = {} }) {
  const named = [
    visitorid,
    attributes.glance_visitor_id,
    attributes.conversationSid,
    attributes.channelSid,
  ].find((value) => value !== undefined && value !== null && value !== '');
  return named === undefined ? undefined : String(named);
}

/** The text's name and filling for a key that cannot be one, or undefined. */
export function faultOf(key) {
  const character = Array.from(key).find((one) => !/[\w.~-]/.test(one));
  if (!key) return ['key_empty', {}];
  if (character) return ['key_character', { character }];
  return key.length > LONGEST_KEY ? ['key_too_long', { length: key.length }] : undefined;
}

/** @throws {string} Why it cannot be opened, as the WebAssembly instance does. */
export function startSession(session, typedKey) {
  if (!session.props) throw 'the task names no visitor, or the component’s props are wrong';
  if (typedKey !== undefined) {
    if (faultOf(typedKey)) throw 'sessionKey has 1 to 62 letters, digits and - _ . ~';
    openViewer(session, typedKey);
    return;
  }
  const key = keyOf(session.task);
  if (key === undefined) throw 'the task names no visitor, or the component’s props are wrong';
  if (session.viewer === 'open') note('viewerFocused', { sid: session.task.sid });
  else if (session.props.presence && !script.presence && session.meeting !== 'inSession') {
    meet(session, key);
  } else openViewer(session, key);
}

/** Asks the visitor, or says that they are not there. */
export function meet(session, key = keyOf(session.task)) {
  if (visitors.has(key)) {
    session.meeting = 'asked';
    note('visitorAsked', { sid: session.task.sid, visitorId: key });
  } else session.meeting = 'absent';
  shown();
}

export function set(session, changes) {
  Object.assign(session, changes);
  shown();
}

/** Asks for a login key as the component would, with `puid` and `authtoken` of the props. */
function openViewer(session, key) {
  const { authurl, puid, authtoken } = session.props;
  const token = authtoken === undefined ? given.host.flexToken() : supplied(authtoken);
  const values = [supplied(puid), token];
  set(session, { key, viewer: 'gettingKey', failure: undefined });
  const go = ([puidGiven, tokenGiven]) => {
    note('keyRequested', { sid: session.task.sid, authurl, puid: puidGiven, token: tokenGiven });
    const { keyFailure } = script;
    script.keyFailure = undefined;
    if (keyFailure) set(session, { viewer: 'failed', failure: keyFailure });
    else showViewer(session);
  };
  if (values.some((value) => value && value.then)) Promise.all(values).then(go);
  else go(values);
}

function supplied(value) {
  return typeof value === 'function' ? value() : value;
}

function showViewer(session, allowed = false) {
  const { openlocation, opentype } = session.props;
  const place = openlocation || opentype || 'flex';
  if (place !== 'flex' && script.popupsBlocked && !allowed) {
    note('viewerBlocked', { sid: session.task.sid, openlocation: place });
    set(session, { viewer: 'blocked' });
    return;
  }
  note('viewerOpened', { sid: session.task.sid, sessionKey: session.key, openlocation: place });
  if (place === 'flex') given.host.showPanel();
  set(session, { viewer: 'open' });
}

export function followLink(sid) {
  const session = sessions.get(sid);
  if (session && session.viewer === 'blocked') showViewer(session, true);
}

export function endSession(sid) {
  const session = sessions.get(sid);
  if (!session || session.viewer === 'closed') return;
  if (session.viewer === 'open') note('viewerClosed', { sid });
  set(session, { viewer: 'closed' });
}

/** The visitor accepts: the session starts, and the viewer opens. */
export function accept(sid) {
  const session = asked(sid, 'visitorAccepts');
  session.meeting = 'inSession';
  session.since = Date.now();
  tell(session, 'onsessionstart', { sid: session.task.sid });
  openViewer(session, keyOf(session.task));
}

export function decline(sid) {
  set(asked(sid, 'visitorDeclines'), { meeting: 'declined' });
}

/** Glance reports the end of a session. */
export function end(sid) {
  const session = one(sid, 'sessionEnds', ({ meeting }) => meeting === 'inSession', 'in session');
  const reason = session.viewer === 'open' ? 'ended' : 'agent_left';
  const { since, task } = session;
  if (session.viewer === 'open') note('viewerClosed', { sid: task.sid });
  set(session, { viewer: 'closed', meeting: 'over' });
  const duration = (Date.now() - since) / 1000;
  tell(session, 'onsessionend', { sid: task.sid, duration, reason });
}

export function arrive(visitorId, where) {
  visitors.set(visitorId, where);
  sessions.forEach((session) => {
    if (keyOf(session.task) === visitorId && session.meeting === 'awaiting') meet(session);
  });
  shown();
}

export function leave(visitorId) {
  visitors.delete(visitorId);
  sessions.forEach((session) => {
    if (keyOf(session.task) === visitorId && session.meeting === 'asked') session.meeting = 'left';
  });
  shown();
}

/** The first props count, as they do for the real watch. */
export function watch(props) {
  if (watched.props) return;
  watched.props = props;
  note('presenceStarted', {});
}

function asked(sid, method) {
  return one(sid, method, ({ meeting }) => meeting === 'asked', 'waiting for the visitor’s answer');
}

function one(sid, method, fits, state) {
  const fitting = Array.from(sessions.values()).filter(
    (session) => fits(session) && (sid === undefined || session.task.sid === sid),
  );
  if (fitting.length === 1) return fitting[0];
  const which = sid === undefined ? 'task' : `task ${sid}`;
  const found = fitting.length === 0 ? `no ${which} is` : `${fitting.length} tasks are`;
  const remedy = fitting.length === 0 ? '' : ' Name one by its sid.';
  throw new Error(
    `glance.${method}: ${found} ${state}.${remedy} So far: ${calls.map(({ what }) => what).join(', ') || 'nothing'}.`,
  );
}

function tell({ props }, handler, event) {
  note(handler, event);
  if (typeof props[handler] !== 'function') return;
  try {
    props[handler](event);
  } catch (error) {
    console.error(`flex-glance: ${handler} threw.`, error);
  }
}

/** Words, from the plugin's `strings` or the English ones. */
export function words(strings, name, filling = {}) {
  const text = (strings && strings[name]) || TEXTS[name];
  return Object.keys(filling).reduce((all, key) => all.replace(`{${key}}`, filling[key]), text);
}
