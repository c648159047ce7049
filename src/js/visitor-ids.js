// @ts-check
/**
 * Which `visitorid` counts for the page: registrations and mounted components each may give one, and
 * the one that was given or changed last counts for every task.
 */
export function createVisitorIds() {
  /** Whoever gives one, the latest last. */
  const given = new Map();
  /** Gave the latest, a function of any task, and is gone. It counts until somebody else gives one. */
  let gone;

  return {
    /** @returns {unknown} The prop that counts, or undefined. */
    latest: () => Array.from(given.values()).pop(),

    /** Notes what `source` gives now. The same again changes nothing. */
    set(source, visitorid) {
      if (Object.is(given.get(source), visitorid)) return;
      given.delete(source);
      if (visitorid === undefined) return;
      if (gone) given.delete(gone);
      gone = undefined;
      given.set(source, visitorid);
    },

    /**
     * A component left the page: Flex takes the header away whenever no task is selected. A text is the
     * visitor of the task that it showed, and of no other.
     */
    leave(source) {
      if (given.size === 1 && typeof given.get(source) === 'function') gone = source;
      else given.delete(source);
    },

    /** A registration was taken back. */
    remove(source) {
      given.delete(source);
    },

    clear() {
      given.clear();
      gone = undefined;
    },
  };
}
