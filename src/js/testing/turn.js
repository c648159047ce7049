// @ts-check
/**
 * The instance's work, done by the end of the call that began it. In a browser the instance leaves a part
 * of its work (rendering, answers of the network) to microtasks; a test looks as soon as its click returns.
 */

/**
 * @param {object} parts
 * @param {() => void} parts.before Called before the instance is entered from outside.
 * @param {() => void} parts.after Called when the instance has nothing left to do.
 * @param {() => void} parts.finish Called once at the end, after `after`. What it does is finished too.
 */
export function createTurn({ before, after, finish }) {
  const queue = [];
  let depth = 0;
  let isDraining = false;
  let isFinishing = false;

  function drain() {
    isDraining = true;
    try {
      while (queue.length > 0) queue.shift()();
    } finally {
      isDraining = false;
    }
  }

  function end() {
    if (isDraining) return;
    drain();
    after();
    if (isFinishing) return;
    isFinishing = true;
    try {
      finish();
    } finally {
      isFinishing = false;
    }
  }

  /** Does the work, and what follows from it unless this is a part of other work. */
  function run(work, ...args) {
    if (depth === 0 && !isDraining) before();
    depth += 1;
    try {
      return work(...args);
    } finally {
      depth -= 1;
      if (depth === 0) end();
    }
  }

  return {
    /** Does the work after the instance's present one. */
    later(work) {
      queue.push(work);
    },

    run,

    /** A promise as far as the instance uses one, which keeps to this order. */
    promise: (settle) => ({
      then(resolve, reject) {
        queue.push(() => settle(resolve, reject));
      },
    }),

    /** Stands for `WebAssembly`: each call from outside into an instance is run as above. */
    assembly: {
      get Module() {
        return WebAssembly.Module;
      },
      Instance: function Instance(module, imports) {
        const { exports } = new WebAssembly.Instance(module, imports);
        const entered = {};
        Object.keys(exports).forEach((name) => {
          const value = exports[name];
          const enter = /** @type {(...args: any[]) => any} */ (value);
          entered[name] = typeof value === 'function' ? (...args) => run(enter, ...args) : value;
        });
        return { exports: entered };
      },
    },
  };
}
