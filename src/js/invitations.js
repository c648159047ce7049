// @ts-check
/** Puts invitations by link where customers find them, and tells the instance what came of it. */

/**
 * @param {import('./host/host.js').Host} host
 * @param {(sid: string, link: number, copies: boolean, isDone?: boolean) => unknown} told
 */
export function createInvitations(host, told) {
  // Insecure pages and old browsers have no clipboard.
  const copy = async (text) => navigator.clipboard.writeText(text).then(() => true);
  const send = async (sid, text) => host.sendMessage && host.sendMessage(sid, text);

  return {
    /** @param {boolean} copies Whether it is copied, inside the agent's click, or sent in the task's chat. */
    deliver(sid, link, copies, text) {
      const done = copies ? copy(text) : send(sid, text);
      done.then(
        (isDone) => told(sid, link, copies, isDone),
        () => told(sid, link, copies, false),
      );
    },
  };
}
