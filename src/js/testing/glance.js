/** What a test arranges, does in the visitor's place, and looks at. */
import { PRESENCE_FAILURES } from './glance-script.js';
import { KEY_FAILURES } from './login-key-function.js';

export function createGlance({ script, loginKeyFunction, viewers, clock, calls, tasks, restart }) {
  /** The one visitor in this state whom the test means: by a task's SID, by their ID, or by neither. */
  function one(method, given, visitorIds, state) {
    const isMeant = (id) => given === undefined || id === given || tasks.of(id).includes(given);
    const fitting = visitorIds.filter(isMeant);
    if (fitting.length === 1) return fitting[0];
    const which = given === undefined ? 'task' : `task ${given}`;
    const found = fitting.length === 0 ? `no ${which} is` : `${fitting.length} tasks are`;
    const remedy = fitting.length === 0 ? '' : ' Name one by its sid.';
    const before = calls.all().map(({ what }) => what);
    throw new Error(
      `glance.${method}: ${found} ${state}.${remedy} So far: ${before.join(', ') || 'nothing'}.`,
    );
  }

  const asked = (method, given) =>
    one(method, given, script.asked(), 'waiting for the visitor’s answer');

  return {
    visitorArrives(visitorId, { page, browser } = {}) {
      script.arrive(String(visitorId), { page, browser });
    },
    visitorLeaves(visitorId) {
      script.leave(String(visitorId));
    },
    visitorAccepts(sid) {
      script.accept(asked('visitorAccepts', sid));
    },
    visitorDeclines(sid) {
      script.decline(asked('visitorDeclines', sid));
    },
    sessionEnds(sid) {
      script.end(one('sessionEnds', sid, script.inSession(), 'in session'));
    },
    failNextKey(reason = 'refused') {
      loginKeyFunction.failNext(known('failNextKey', reason, KEY_FAILURES));
    },
    failPresence(reason = 'connection') {
      if (script.fail(known('failPresence', reason, PRESENCE_FAILURES))) return;
      throw new Error(
        `glance.failPresence: Glance's script is loaded already. Let it fail by “${reason}” before the component is shown.`,
      );
    },
    restorePresence() {
      script.restore();
    },
    blockPopups(blocked = true) {
      viewers.block(blocked);
    },
    timePasses(seconds) {
      clock.pass(seconds * 1000);
    },
    get calls() {
      return calls.all();
    },
    callsOf(what) {
      return calls.all().filter((call) => call.what === what);
    },
    get viewers() {
      return viewers.open();
    },
    get visitors() {
      return script.visitors();
    },
    reset: restart,
  };
}

/** Notes a registration, then does it as the component does. */
export function noting(note, what, register) {
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
