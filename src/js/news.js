// @ts-check
/**
 * What has changed since the instance was told last, told together and once for each frame: a desktop may
 * change its tasks many times a second.
 *
 * @param {(work: () => void) => () => void} frame Does the work with the next frame; gives what cancels it.
 * @param {(mounts: any[]) => void} tell Tells of the tasks, and of what these components show of theirs.
 */
export function createNews(frame, tell) {
  const stale = new Set();
  let isWaiting = false;
  let cancel = () => {};

  function clear() {
    cancel();
    isWaiting = false;
    stale.clear();
  }

  /** Tells now what waits for the frame. */
  function flush() {
    if (!isWaiting) return;
    const mounts = Array.from(stale);
    clear();
    tell(mounts);
  }

  return {
    flush,
    clear,
    /** The tasks have changed, or what these components show. */
    add(...mounts) {
      mounts.forEach((mount) => stale.add(mount));
      if (isWaiting) return;
      isWaiting = true;
      cancel = frame(flush);
    },
  };
}
