// @ts-check
/** Puts invitations by link where customers find them, and tells the instance what came of it. */

/**
 * @param {import('./host/host.js').Host} host
 * @param {(sid: string, link: number, way: string, isDone: boolean | undefined) => unknown} told
 */
export function createInvitations(host, told) {
  const ways = {
    /** Nothing where the task has no chat. */
    chat: async (sid, text) =>
      (host.sendMessage && (await host.sendMessage(sid, text))) || undefined,
    // Insecure pages and old browsers have none.
    clipboard: async (_, text) => navigator.clipboard.writeText(text).then(() => true),
  };
  return {
    deliver(sid, link, way, text) {
      ways[way](sid, text).then(
        (isDone) => told(sid, link, way, isDone),
        () => told(sid, link, way, false),
      );
    },
  };
}
