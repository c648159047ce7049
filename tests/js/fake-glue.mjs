// A stand-in for wasm-bindgen's glue and its module. Faithful in what the supervisor counts on: the glue
// is made with a `WebAssembly` of the caller's, enters its instance by exports alone, reads what they
// give, and hands out functions (callbacks, timers) that enter the instance too. A trap is an exception
// that an export throws. What an instance knows and draws is left out.

/**
 * @param {object} [work] What an instance does by name: `(instance, ...args) => any`. One that throws
 *   traps.
 */
export function createFakeGlue(work = {}) {
  const instances = [];
  const names = ['start', 'configure', 'release', 'tasksChanged', 'agentChanged', 'tokenChanged'];
  names.push('startSession', 'endSession', 'notificationClicked', 'removed', 'dispose');
  names.push('actionWaits', 'actionOver');
  names.push('mount', 'update', 'unmount', 'callback', 'diagnose');

  /** Stands for the browser's `WebAssembly`. */
  const assembly = {
    Instance: function Instance(module, { env }) {
      const { instance } = module;
      const exports = {};
      for (const name of names) {
        exports[name] = (...args) => {
          if (instance.hasTrapped) throw new Error(`${name}: entered after a trap`);
          instance.calls.push([name, ...args]);
          try {
            return work[name] && work[name](instance, ...args);
          } catch (error) {
            instance.hasTrapped = true;
            throw error;
          }
        };
      }
      instance.callOut = env.callOut;
      return { exports };
    },
  };

  function createGlue(given) {
    const instance = { calls: [], hasTrapped: false };
    instances.push(instance);
    let wasm;
    const glue = {
      initSync() {
        const env = { callOut: (foreign) => foreign() };
        wasm = new given.Instance({ instance }, { env }).exports;
        // What Glance's script, a timer or a listener was given.
        instance.callback = (...args) => wasm.callback(...args);
      },
      mount(element, props) {
        wasm.mount(element, props);
        return { update: (next) => wasm.update(next), unmount: () => wasm.unmount() };
      },
    };
    for (const name of names.filter((one) => !['mount', 'update', 'unmount'].includes(one))) {
      glue[name] = (...args) => wasm[name](...args);
    }
    return glue;
  }

  return { instances, assembly, createGlue };
}

/** Work that waits until the test lets it go. */
export function createSchedule() {
  const waiting = [];
  const add = (work) => {
    const entry = { work };
    waiting.push(entry);
    return () => waiting.splice(0, waiting.length, ...waiting.filter((one) => one !== entry));
  };
  const schedule = {
    at: 0,
    later: add,
    idle: add,
    /** At once, unless a test wants to hold frames back. */
    frame(work) {
      if (schedule.holdsFrames) return add(work);
      work();
      return () => {};
    },
    now: () => schedule.at,
    /** How much work waits. */
    get waiting() {
      return waiting.length;
    },
    /** Does all that waits now, and not what comes of it. */
    run() {
      waiting.splice(0).forEach(({ work }) => work());
    },
  };
  return schedule;
}

/** Lets every promise that can go on go on. */
export async function settle() {
  for (let i = 0; i < 20; i += 1) await undefined;
}
