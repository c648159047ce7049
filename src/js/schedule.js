/** When the browser does work that nobody waits for. */

/** `requestIdleCallback` timeout: start after this long even if the page never goes idle. */
const IDLE_TIMEOUT_MS = 2000;
/** A page in the background has no frames, and still has to hear of its tasks: after this long at the latest. */
const FRAME_TIMEOUT_MS = 100;

/**
 * @typedef {object} Schedule Each gives what cancels the work.
 * @property {(work: () => void) => () => void} later In a task of its own.
 * @property {(work: () => void) => () => void} idle When the page has nothing else to do.
 * @property {(work: () => void) => () => void} frame Before the page is drawn next.
 * @property {() => number} now
 */

/** @type {Schedule} */
export const browserSchedule = {
  later: afterMs(0),
  idle(work) {
    if (typeof requestIdleCallback !== 'function') return afterMs(IDLE_TIMEOUT_MS)(work);
    const id = requestIdleCallback(work, { timeout: IDLE_TIMEOUT_MS });
    return () => cancelIdleCallback(id);
  },
  frame(work) {
    const begin = () => {
      cancel();
      work();
    };
    const id = requestAnimationFrame(begin);
    const cancelTimer = afterMs(FRAME_TIMEOUT_MS)(begin);
    const cancel = () => {
      cancelAnimationFrame(id);
      cancelTimer();
    };
    return cancel;
  },
  now: () => Date.now(),
};

function afterMs(ms) {
  return (work) => {
    const id = setTimeout(work, ms);
    return () => clearTimeout(id);
  };
}
