// @ts-check
/**
 * Which of an agent's pages leads. Flex may be open in several tabs of one browser, and what an agent or a
 * plugin is told once, the leading page tells: the one that the agent looked at last, or another one when that
 * is closed. It holds a Web Lock.
 */

/** The name of the lock and of the channel, which all pages of an origin share. */
const NAME = 'flex-glance';

/**
 * @typedef {object} LeadingPage
 * @property {() => void} claim Takes part from now on.
 * @property {() => void} release Takes part no longer.
 * @property {() => boolean} leads Whether this page leads; one that does not take part does.
 * @property {(changed: () => void) => void} onChange
 * @property {(message: object) => void} post Tells the other pages.
 * @property {(heard: (message: any) => void) => void} onPost What another page tells.
 */

/**
 * A page beside which there is no other.
 * @type {LeadingPage}
 */
export const ONLY_PAGE = {
  claim() {},
  release() {},
  leads: () => true,
  onChange() {},
  post() {},
  onPost() {},
};

/** @returns {LeadingPage} The only page, where the browser has no Web Locks. */
export function createLeadingPage() {
  let isLeading = true;
  /** What asked for the lock last. */
  let request;
  /** @type {BroadcastChannel | undefined} */
  let channel;
  const onChange = [];
  const onPost = [];

  function become(leading) {
    if (isLeading === leading) return;
    isLeading = leading;
    onChange.forEach((changed) => changed());
  }

  /** Asks for the lock: in its turn, or away from the page that holds it. */
  function ask(steal) {
    if (request) request.end();
    const wait = new AbortController();
    const mine = { end: () => wait.abort() };
    request = mine;
    const hold = () => {
      if (request !== mine) return undefined;
      become(true);
      return new Promise((end) => {
        mine.end = () => end(undefined);
      });
    };
    navigator.locks
      .request(NAME, steal ? { steal } : { signal: wait.signal }, hold)
      .catch((error) => {
        if (request !== mine) return;
        // A page may be refused all locks, as in a frame with a `sandbox`.
        const isTaken = error.name === 'AbortError';
        become(!isTaken);
        if (isTaken) ask(false);
      });
  }

  function look() {
    if (!isLeading && !document.hidden) ask(true);
  }

  return {
    claim() {
      if (channel || !navigator.locks || typeof BroadcastChannel !== 'function') return;
      channel = new BroadcastChannel(NAME);
      channel.onmessage = ({ data }) => onPost.forEach((heard) => heard(data));
      window.addEventListener('focus', look);
      document.addEventListener('visibilitychange', look);
      isLeading = false;
      ask(document.hasFocus());
    },

    release() {
      if (!channel) return;
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
      channel.close();
      channel = undefined;
      request.end();
      request = undefined;
      isLeading = true;
    },

    leads: () => isLeading,
    onChange: (changed) => onChange.push(changed),
    post: (message) => channel && channel.postMessage(message),
    onPost: (heard) => onPost.push(heard),
  };
}
