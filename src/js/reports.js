// @ts-check
/** What plugins are told of sessions, once for each session in however many tabs Flex is open. */

/**
 * How long a page leaves it to the leading one to report what both hear, in milliseconds. It is longer than the
 * second that browsers let the timers of a hidden page wait.
 */
const PATIENCE_MS = 2000;

/** @param {import('./leading-page.js').LeadingPage} page */
export function createReports(page) {
  /** What was reported last of each task, here or on another page. */
  const latest = new Map();
  /** By kind and task: the timer of what another page may report. */
  const waiting = new Map();

  function note(kind, sid) {
    latest.set(sid, kind);
    const key = `${kind} ${sid}`;
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  }

  page.onPost(({ reported, sid }) => reported && note(reported, sid));

  return {
    /**
     * @param {'start' | 'end'} kind Each ends the other.
     * @param {(session: object) => void} callback The plugin's. What it throws goes to the console.
     * @param {{sid: string}} session
     */
    report(kind, callback, session) {
      const { sid } = session;
      const call = () => {
        if (latest.get(sid) === kind) return;
        note(kind, sid);
        page.post({ reported: kind, sid });
        try {
          callback(session);
        } catch (error) {
          console.error(error);
        }
      };
      if (page.leads()) call();
      else waiting.set(`${kind} ${sid}`, setTimeout(call, PATIENCE_MS));
    },
  };
}
