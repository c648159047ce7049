// @ts-check
/**
 * The instance's clocks and timers: the test's own, faked ones as well, moved on by what the test has let
 * pass.
 *
 * @param {(work: () => void) => void} later Does the work before the test goes on: what is left to a timer
 *   without delay is.
 */
export function createClock(later) {
  const timers = new Map();
  let last = 0;
  let passedMs = 0;
  /** Ends the test's own timer, which is for the first one of ours. */
  let disarm = () => {};
  let armedMs = Infinity;

  const now = () => performance.now() + passedMs;

  /** The timer that is due first. */
  function first() {
    const [found] = Array.from(timers.values()).sort((a, b) => a.dueMs - b.dueMs);
    return found;
  }

  function arm() {
    const next = first();
    const dueMs = next ? next.dueMs : Infinity;
    if (armedMs === dueMs) return;
    disarm();
    armedMs = dueMs;
    disarm = next ? startTimer(ring, dueMs - now()) : () => {};
  }

  function ring() {
    armedMs = Infinity;
    for (let next = first(); next && next.dueMs <= now(); next = first()) fire(next);
    arm();
  }

  function fire(timer) {
    if (timer.everyMs === undefined) timers.delete(timer.id);
    else timer.dueMs += timer.everyMs;
    timer.work();
  }

  function add(work, delayMs = 0, everyMs = undefined) {
    last += 1;
    const timer = { id: last, work, dueMs: now() + delayMs, everyMs };
    timers.set(timer.id, timer);
    if (delayMs <= 0) later(() => timers.has(timer.id) && fire(timer));
    return timer.id;
  }

  const remove = (id) => timers.delete(id);

  return {
    setTimeout: (work, delayMs) => add(work, delayMs),
    setInterval: (work, everyMs) => add(work, everyMs, everyMs),
    clearTimeout: remove,
    clearInterval: remove,
    performance: { now },
    Date: { now: () => Date.now() + passedMs, parse: (text) => Date.parse(text) },

    /** Sees to it that the next timer is not forgotten. Call it when the instance has nothing to do. */
    arm,

    /**
     * Lets time pass, and does what is due meanwhile, in order.
     * @param {number} ms
     * @param {() => boolean} [isEnough] Ends it sooner.
     */
    pass(ms, isEnough = () => false) {
      const endMs = now() + ms;
      while (!isEnough()) {
        const next = first();
        const untilMs = next && next.dueMs < endMs ? next.dueMs : endMs;
        passedMs += Math.max(0, untilMs - now());
        if (!next || next.dueMs > untilMs) break;
        fire(next);
      }
      armedMs = NaN;
      arm();
    },
  };
}

/**
 * A timer of the test's own, which keeps no process alive.
 * @returns {() => void} Ends it, whichever timers the test uses by then.
 */
export function startTimer(work, delayMs = 0) {
  const end = clearTimeout;
  /** @type {any} A number, or an object of Node.js. */
  const timer = setTimeout(work, delayMs);
  if (timer.unref) timer.unref();
  return () => end(timer);
}
