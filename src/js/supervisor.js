// @ts-check
/**
 * Keeps one WebAssembly instance alive: loads it, notices a trap, and replaces the instance.
 *
 * After a trap, nothing inside an instance can be trusted. Every way into it and out of it is guarded:
 * the guard notices the trap whoever called, nobody enters the dead instance again, and what was still
 * running in it ends. Whoever called (Flex, Redux, Glance's script, a timer) gets nothing back and no
 * exception. A fresh instance takes over what `page` holds.
 *
 * ```text
 * none ──load──▶ pending ──compiled, `begin`──▶ live
 *  ▲              │    ▲                          │ trap (or one while pending)
 *  │              │    └── MAX_RESTARTS in a row ─┘
 *  └── it cannot be compiled, or stopped: everybody hears why
 *
 * any ──dispose──▶ disposed: nothing starts any more
 * ```
 *
 * While it is pending, everybody waits for the one promise. So two instances are never live.
 */

/** After this many restarts in a row, the component says that it cannot go on. */
const MAX_RESTARTS = 5;
/** An instance that lived this long starts a new row. */
const GOOD_LIFE_MS = 60000;
/**
 * What a call into a dead instance gives. The glue reads whatever an export may give out of it: no
 * error, no text, the number 0.
 */
const NOTHING = /** @type {any} */ (Object.freeze([]));

/** Why there is no instance: `text` names what the agent reads. */
class StoppedError extends Error {
  constructor(cause) {
    super(`flex-glance: stopped after ${MAX_RESTARTS} restarts. The last fault: ${cause}`);
    this.name = 'StoppedError';
    this.text = 'stopped';
  }
}

/**
 * @param {object} parts
 * @param {() => object | Promise<object>} parts.compile Gives the module. Only a stand-in for tests
 *   gives it at once.
 * @param {(assembly: object) => object} parts.createGlue Makes the glue for one instance, with
 *   `assembly` in the place of `WebAssembly`.
 * @param {(glue: object) => void} parts.begin Tells a fresh instance what there is.
 * @param {{connections: Set<object>}} parts.page What outlives an instance.
 * @param {(work: () => void) => () => void} parts.later Does the work in a task of its own; the result
 *   cancels it.
 * @param {() => number} [parts.now] Milliseconds.
 * @param {object} [parts.assembly] In the place of the browser's `WebAssembly`.
 */
export function createSupervisor({
  compile,
  createGlue,
  begin,
  page,
  later,
  now = Date.now,
  assembly: own,
}) {
  const listeners = new Set();
  /** The glue of the instance that works, and its life. */
  let live;
  let life;
  /** What everybody waits for who came while no instance works: one promise for load and restart. */
  let pending;
  let module;
  let restarts = 0;
  let bornAt = 0;
  let isDisposed = false;
  let cancelRestart = () => {};

  /**
   * @returns {Promise<object>} The instance's exports, as the glue gives them. A failure is forgotten:
   *   the next call tries again.
   */
  function load() {
    if (isDisposed) return Promise.reject(new Error('flex-glance: it was taken back.'));
    if (live) return Promise.resolve(live);
    if (pending) return pending.promise;
    pending = createDeferred();
    const { promise } = pending;
    restarts = 0;
    compileOnce();
    return promise;
  }

  function compileOnce() {
    try {
      const compiled = module || compile();
      if (typeof compiled.then === 'function') compiled.then(start, fail);
      else start(compiled);
    } catch (error) {
      fail(error);
    }
  }

  function start(compiled) {
    module = compiled;
    attempt();
  }

  function attempt() {
    if (isDisposed) return;
    const fresh = { isOver: false };
    let glue;
    try {
      glue = createGlue(guardedAssembly(fresh));
      disconnectAll();
      glue.initSync({ module });
      begin(glue);
    } catch (error) {
      end(fresh, error);
    }
    // `begin` may have taken it all back.
    if (isDisposed) {
      if (!fresh.isOver) disposeOf(glue, fresh);
      return;
    }
    if (fresh.isOver) {
      restart(fresh.error);
      return;
    }
    life = fresh;
    live = glue;
    bornAt = now();
    const { resolve } = pending;
    pending = undefined;
    resolve(glue);
    announce(glue);
  }

  function restart(error) {
    console.error('flex-glance: restarting after a fault.', error);
    restarts += 1;
    if (restarts > MAX_RESTARTS) fail(new StoppedError(error));
    else cancelRestart = later(attempt);
  }

  function fail(error) {
    if (isDisposed) return;
    const { reject } = pending;
    pending = undefined;
    reject(error);
    announce(undefined, error);
  }

  /** Ends a life, for good. The one that was at work is replaced. */
  function end(ended, error) {
    if (ended.isOver) return;
    ended.isOver = true;
    ended.error = error;
    if (ended !== life || !live) return;
    live = undefined;
    pending = createDeferred();
    if (now() - bornAt > GOOD_LIFE_MS) restarts = 0;
    restart(error);
  }

  function announce(glue, error) {
    for (const listen of Array.from(listeners)) {
      if (live !== glue || isDisposed) return;
      try {
        listen(glue, error);
      } catch (fault) {
        console.error('flex-glance: a fault while it started.', fault);
      }
    }
  }

  /** `WebAssembly` for the glue: its instance's exports and imports are guarded. */
  function guardedAssembly(of) {
    const guardExport = (enter) =>
      function guarded(...args) {
        if (of.isOver) return NOTHING;
        try {
          return enter(...args);
        } catch (error) {
          // An exception that comes out of WebAssembly has skipped every destructor on its way.
          end(of, error);
          return NOTHING;
        }
      };
    // An import may have called foreign code that entered the instance and trapped: what called the
    // import must not go on.
    const guardImport = (call) =>
      function guarded(...args) {
        const value = call(...args);
        if (of.isOver) throw new Error('flex-glance: this instance is over.');
        return value;
      };
    // Read anew each time: a page that had none may have one now.
    const assembly = own || (typeof WebAssembly === 'undefined' ? {} : WebAssembly);
    const { Module, RuntimeError, CompileError, LinkError } = assembly;
    return {
      Module,
      RuntimeError,
      CompileError,
      LinkError,
      Instance: function Instance(compiled, imports) {
        const guardedImports = mapValues(imports, (group) => wrapFunctions(group, guardImport));
        const { exports } = new assembly.Instance(compiled, guardedImports);
        return { exports: wrapFunctions(exports, guardExport) };
      },
    };
  }

  /** Those of an instance that trapped hear nothing any more. */
  function disconnectAll() {
    const connections = Array.from(page.connections);
    page.connections.clear();
    connections.forEach((connection) => {
      try {
        if (connection.disconnect) connection.disconnect();
      } catch (error) {
        console.error('flex-glance: a connection of Glance could not be closed.', error);
      }
    });
  }

  /**
   * Runs `work` with the instance: at once where there is one, so that a window may open within the
   * agent's click.
   * @param {(glue: object) => any} work
   * @returns {any} What `work` gives; a promise of it where it has to wait.
   * @throws What `work` throws, or an error where a trap ended it.
   */
  function enter(work) {
    if (!live) return load().then(() => enter(work));
    const glue = live;
    const entered = life;
    const check = () => {
      if (entered.isOver) throw new Error('flex-glance: a fault stopped this. Try again.');
    };
    let value;
    try {
      value = work(glue);
    } catch (error) {
      check();
      throw error;
    }
    check();
    return value;
  }

  /**
   * Tells the instance something, if there is one.
   * @param {(glue: object) => any} work
   * @returns {any} What `work` gives; nothing where it fails, which goes to the console.
   */
  function tell(work) {
    if (!live) return undefined;
    const entered = life;
    try {
      return enter(work);
    } catch (error) {
      // A trap has been logged already.
      if (!entered.isOver) console.error('flex-glance: a step failed.', error);
      return undefined;
    }
  }

  function disposeOf(glue, of) {
    try {
      glue.dispose();
    } catch (error) {
      if (!of.isOver) console.error('flex-glance: an instance could not let go.', error);
    }
    of.isOver = true;
  }

  /** Lets go of everything. There is no instance any more, and none will start. */
  function dispose() {
    if (isDisposed) return;
    isDisposed = true;
    const glue = live;
    live = undefined;
    if (glue) disposeOf(glue, life);
    cancelRestart();
    disconnectAll();
    listeners.clear();
    if (pending) pending.reject(new Error('flex-glance: it was taken back.'));
    pending = undefined;
  }

  return {
    load,
    enter,
    tell,
    dispose,
    /** The instance that works, or undefined. */
    current: () => live,
    /**
     * @param {(glue: object | undefined, error?: Error) => void} listen Called with each instance as
     *   it starts to work, or with the reason why none does.
     * @returns {() => void} Ends it.
     */
    onInstance(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

function createDeferred() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  // Whoever waits for it hears of a failure; nobody has to wait.
  deferred.promise.catch(() => {});
  return deferred;
}

function wrapFunctions(object, wrap) {
  return mapValues(object, (value) => (typeof value === 'function' ? wrap(value) : value));
}

function mapValues(object, change) {
  const changed = {};
  Object.keys(object).forEach((name) => (changed[name] = change(object[name])));
  return changed;
}
