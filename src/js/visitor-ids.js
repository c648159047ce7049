// @ts-check
/**
 * Which `visitorid` counts for a task. A text that a component gives is the visitor of the task that it
 * shows, and of no other. What else registrations and components give counts for every task: the one that
 * was given or changed last.
 */
export function createVisitorIds() {
  /** Whoever gives one for every task, the latest last. */
  const given = new Map();
  /** Gave the latest, a function of any task, and is gone. It counts until somebody else gives one. */
  let gone;
  /** By task SID: the text of a component that shows or showed the task. */
  const texts = new Map();

  const latest = () => Array.from(given.values()).pop();

  /** Does it, and answers whether something else counts for every task. */
  function changesLatest(work) {
    const before = latest();
    work();
    return !Object.is(before, latest());
  }

  /** Notes the text of a component for its task. Answers whether that is another one. */
  function setText(source, visitorid, sid) {
    const known = texts.get(sid);
    if (visitorid === undefined)
      return Boolean(known && known.source === source && texts.delete(sid));
    texts.set(sid, { source, visitorid });
    return !known || known.visitorid !== visitorid;
  }

  return {
    /** @returns {unknown} The prop that counts for a task, or undefined. */
    of(sid) {
      const text = texts.get(sid);
      return text ? text.visitorid : latest();
    },

    /**
     * Notes what `source` gives now. The same again changes nothing.
     * @returns {boolean} Whether another one counts for some task.
     */
    set(source, visitorid) {
      return changesLatest(() => {
        if (Object.is(given.get(source), visitorid)) return;
        given.delete(source);
        if (visitorid === undefined) return;
        if (gone) given.delete(gone);
        gone = undefined;
        given.set(source, visitorid);
      });
    },

    /** The same for a component that shows the task of this SID, or none. */
    show(source, visitorid, sid) {
      const isForAll = typeof visitorid === 'function';
      const isLatest = this.set(source, isForAll ? visitorid : undefined);
      const isOwn = sid !== undefined && setText(source, isForAll ? undefined : visitorid, sid);
      return isLatest || isOwn;
    },

    /** A component left the page: Flex takes the header away whenever no task is selected. */
    leave(source) {
      return changesLatest(() => {
        if (given.size === 1 && typeof given.get(source) === 'function') gone = source;
        else given.delete(source);
      });
    },

    /** A registration was taken back. */
    remove: (source) => changesLatest(() => given.delete(source)),

    /** Forgets the texts of all tasks but these. */
    keep(sids) {
      texts.forEach((_, sid) => sids.includes(sid) || texts.delete(sid));
    },

    clear() {
      given.clear();
      gone = undefined;
      texts.clear();
    },
  };
}
