// @ts-check
/**
 * Which `visitorid` counts for a task. A text that a component gives is the visitor of the task that it
 * shows, and of no other. What else registrations and components give counts for every task. Of several,
 * the one that was given or changed last counts.
 */

/** Stands for a component that is gone: what it gave counts until somebody else has a say. */
const GONE = Symbol('gone');

export function createVisitorIds() {
  /** By source: what counts for every task, the latest last. */
  const forAll = new Map();
  /** By task SID, and by source: the texts of components that show or showed the task, the latest last. */
  const texts = new Map();

  const latest = (given) => Array.from(given.values()).pop();
  const of = (sid) => latest(texts.get(sid) || forAll);

  /** Notes what a source gives now. The same again changes nothing. */
  function note(given, source, visitorid) {
    if (Object.is(given.get(source), visitorid)) return;
    given.delete(source);
    if (visitorid !== undefined) given.set(source, visitorid);
  }

  function noteForAll(source, visitorid) {
    if (visitorid !== undefined) forAll.delete(GONE);
    note(forAll, source, visitorid);
  }

  function noteText(source, text, sid) {
    const given = texts.get(sid) || new Map();
    // Whoever shows the task now knows better than a component that is gone.
    given.delete(GONE);
    note(given, source, text);
    if (given.size > 0) texts.set(sid, given);
    else texts.delete(sid);
  }

  /** Does it, and answers whether something else counts, for every task or for the one of this SID. */
  function changes(work, sid = undefined) {
    const before = [latest(forAll), of(sid)];
    work();
    const after = [latest(forAll), of(sid)];
    return !before.every((visitorid, at) => Object.is(visitorid, after[at]));
  }

  return {
    /** @returns {unknown} The prop that counts for a task, or undefined. */
    of,

    /**
     * A registration gives this.
     * @returns {boolean} Whether something else counts now, as for all that changes here.
     */
    set: (source, visitorid) => changes(() => noteForAll(source, visitorid)),

    /** A component gives this, and shows the task of this SID or none. */
    show(source, visitorid, sid) {
      const isForAll = typeof visitorid === 'function';
      return changes(() => {
        noteForAll(source, isForAll ? visitorid : undefined);
        if (sid !== undefined) noteText(source, isForAll ? undefined : visitorid, sid);
      }, sid);
    },

    /** A component left the page: Flex takes the header away whenever no task is selected. */
    leave(source) {
      texts.forEach((given) => {
        if (!given.has(source)) return;
        given.set(GONE, given.get(source));
        given.delete(source);
      });
      return changes(() => {
        if (forAll.size === 1 && forAll.has(source)) forAll.set(GONE, forAll.get(source));
        forAll.delete(source);
      });
    },

    /** A registration was taken back. */
    remove: (source) => changes(() => forAll.delete(source)),

    /** Forgets the texts of all tasks but these. */
    keep(sids) {
      texts.forEach((_, sid) => sids.includes(sid) || texts.delete(sid));
    },

    clear() {
      forAll.clear();
      texts.clear();
    },
  };
}
