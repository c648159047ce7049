/** What a test arranges, does in the visitor's place, and looks at. */
import { calls, note, reset, script, sessions, shown, visitors } from './desk.js';
import { KEY_FAILURES, PRESENCE_FAILURES } from './failures.js';
import { accept, arrive, decline, end, leave } from './sessions.js';

reset();

export const glance = {
  visitorArrives(visitorId, { page, browser } = {}) {
    arrive(String(visitorId), { page, browser });
  },
  visitorLeaves(visitorId) {
    leave(String(visitorId));
  },
  visitorAccepts: accept,
  visitorDeclines: decline,
  sessionEnds: end,
  failNextKey(reason = 'refused') {
    script.keyFailure = `failed_${known('failNextKey', reason, KEY_FAILURES)}`;
  },
  failPresence(reason = 'connection') {
    script.presence = known('failPresence', reason, PRESENCE_FAILURES);
    shown();
  },
  restorePresence() {
    script.presence = undefined;
    shown();
  },
  blockPopups(blocked = true) {
    script.popupsBlocked = blocked;
  },
  get calls() {
    return calls.slice();
  },
  callsOf(what) {
    return calls.filter((call) => call.what === what);
  },
  get viewers() {
    const open = Array.from(sessions.values()).filter(({ viewer }) => viewer === 'open');
    return open.map(({ task, key, props }) => ({
      sid: task.sid,
      sessionKey: key,
      openlocation: props.openlocation || props.opentype || 'flex',
    }));
  },
  get visitors() {
    return Array.from(visitors.keys());
  },
  reset,
};

/** Notes a registration, then does it as the component does. */
export function noting(what, register) {
  return (flex, manager, props, options) => {
    note(what, { props, options });
    const unregister = register(flex, manager, props, options);
    return () => {
      note('unregistered', { by: what });
      return unregister();
    };
  };
}

function known(method, reason, reasons) {
  if (reasons.includes(reason)) return reason;
  throw new Error(
    `glance.${method}: there is no reason “${reason}”. One of: ${reasons.join(', ')}.`,
  );
}
