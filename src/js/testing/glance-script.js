// @ts-check
/**
 * Glance's Presence Agent script (`GLANCE`), the visitors' pages behind it, and what a test does in a
 * visitor's place. It knows who is on the site, who was asked and who is in a session, and nothing of
 * tasks. It keeps to the calls and handlers that `src/browser/glance_presence.rs` uses; each answer comes
 * once, in order and at once, and everybody who has a login key is authorized.
 */

/** The element that the component adds for the script (`src/browser/glance_script.rs`). */
const SCRIPT = '#glance-cobrowse[data-flex-glance]';
/** Whoever goes to another page is gone for a moment; the component waits this long, or less. */
const PAGE_CHANGE_MS = 5000;
/** The component's longest pause between two tries. */
const LONGEST_PAUSE_MS = 600000;

/** By the names of the component's texts, `presence_…`. The first two are failures to load. */
const LOAD_FAILURES = { script: 'error', api: 'load' };
const CONNECTION_FAILURES = { refused: 'authorization', connection: 'conndrop' };
export const PRESENCE_FAILURES = [LOAD_FAILURES, CONNECTION_FAILURES].flatMap(Object.keys);

/**
 * @param {object} parts
 * @param {ReturnType<import('./turn.js').createTurn>} parts.turn
 * @param {ReturnType<import('./clock.js').createClock>} parts.clock
 * @param {(what: string, details: object) => void} parts.note
 * @param {(visitorId: string) => string | undefined} parts.taskOf The SID of the task that names a visitor.
 */
export function createGlanceScript({ turn, clock, note, taskOf }) {
  /** The component's connections. */
  const connections = new Set();
  /** Who is on the site: ID to the page that they are on. */
  const visitors = new Map();
  /** The IDs of the visitors who see the terms of a session, and of those in one. */
  const asked = new Set();
  const inSession = new Set();
  let failure;
  /** Whether the component has met with the failure, or has not got over it. */
  let isBroken = false;
  let isStarted = false;

  function call(handler, ...args) {
    if (typeof handler === 'function') turn.later(() => handler(...args));
  }

  function tell(visitorId, handler, event) {
    connections.forEach((agent) => {
      if (agent.visitorId === visitorId) call(agent[handler], event);
    });
  }

  function breakConnection(agent) {
    isBroken = true;
    call(agent.onerror, CONNECTION_FAILURES[failure]);
  }

  class Agent {
    constructor({ visitorid }) {
      this.visitorId = visitorid;
    }

    connect() {
      connections.add(this);
      if (failure) breakConnection(this);
      else isBroken = false;
    }

    disconnect() {
      connections.delete(this);
    }

    lookupVisitor({ onsuccess, onfail }) {
      const { visitorId } = this;
      if (visitors.has(visitorId)) {
        call(onsuccess, { visitorid: visitorId, ...visitors.get(visitorId) });
      } else call(onfail, 'visitornotpresent');
    }

    invokeVisitor({ onfail }) {
      const { visitorId } = this;
      if (!visitors.has(visitorId)) {
        call(onfail, 'visitornotpresent');
        return;
      }
      asked.add(visitorId);
      note('visitorAsked', { sid: taskOf(visitorId), visitorId });
    }
  }

  const namespace = {
    Presence: { Agent },
    Authorization: {
      authorize({ onsuccess }) {
        if (!isStarted) note('presenceStarted', {});
        isStarted = true;
        call(onsuccess, {});
      },
    },
  };

  return {
    /** Puts the script on the page, unless it is to fail. */
    load() {
      if (LOAD_FAILURES[failure]) delete window['GLANCE'];
      else window['GLANCE'] = namespace;
    },

    /** Lets the script fail that the component waits for. */
    finish() {
      const element = LOAD_FAILURES[failure] && document.querySelector(SCRIPT);
      if (!element) return;
      isBroken = true;
      element.dispatchEvent(new window.Event(LOAD_FAILURES[failure]));
      element.remove();
    },

    arrive(visitorId, { page, browser }) {
      visitors.set(visitorId, { url: page, browser });
      turn.run(() => {
        tell(visitorId, 'onvisitorconn', { connected: true });
        tell(visitorId, 'onpresence', { url: page, browser });
      });
    },

    leave(visitorId) {
      visitors.delete(visitorId);
      asked.delete(visitorId);
      turn.run(() => tell(visitorId, 'onvisitorconn', { connected: false }));
      clock.pass(PAGE_CHANGE_MS);
    },

    accept(visitorId) {
      asked.delete(visitorId);
      inSession.add(visitorId);
      turn.run(() => {
        tell(visitorId, 'onterms', { status: 'accepted' });
        tell(visitorId, 'onvisitorsessionstart', {});
      });
    },

    decline(visitorId) {
      asked.delete(visitorId);
      turn.run(() => tell(visitorId, 'onterms', { status: 'declined' }));
    },

    end(visitorId) {
      inSession.delete(visitorId);
      turn.run(() => tell(visitorId, 'onvisitorsessionend', {}));
    },

    /**
     * @param {string} reason One of `PRESENCE_FAILURES`.
     * @returns {boolean} Whether it can still come to that: a script that is loaded cannot fail to load.
     */
    fail(reason) {
      if (LOAD_FAILURES[reason] && isStarted) return false;
      failure = reason;
      this.load();
      if (!LOAD_FAILURES[reason]) turn.run(() => connections.forEach(breakConnection));
      return true;
    },

    /** The component tries again by itself; so much time passes until it does. */
    restore() {
      failure = undefined;
      this.load();
      clock.pass(LONGEST_PAUSE_MS, () => !isBroken);
    },

    visitors: () => Array.from(visitors.keys()),
    /** Visitors whose answer the component waits for. */
    asked: () => Array.from(asked),
    inSession: () => Array.from(inSession),

    reset() {
      [connections, visitors, asked, inSession].forEach((known) => known.clear());
      failure = undefined;
      isBroken = false;
      isStarted = false;
    },
  };
}
