/** One chat, be it a channel of Programmable Chat or a conversation: who is present, and when. */

import { guarded } from './report.js';

/** What may change whether the visitor should be present. */
const EVENTS = ['updated', 'removed', 'participantLeft'];

/**
 * Connects the visitor of a chat while it goes on.
 * @param {object} chat A channel or a conversation: `sid`, `lastMessage` and events.
 * @param {object} how
 * @param {(chat: object) => boolean} how.isOver
 * @param {boolean} how.atOnce Whether a chat counts in which nobody has written yet.
 * @param {object} how.presence From `presence`.
 * @param {Function} how.report From `reporter`.
 * @returns {{wrote(): void, stop(): void}} `wrote`: the visitor is known to have written. `stop` never
 *   throws.
 * @throws What the chat throws; it then has no listener of ours.
 */
export function followChat(chat, { isOver, atOnce, presence, report }) {
  let begun = atOnce;
  let removed = false;
  let listeners = [];
  const look = () => {
    // A chat that a reload resumes has its last message from the start.
    begun = begun || Boolean(chat.lastMessage);
    presence.follow(begun && !removed && !isOver(chat) ? chat.sid : undefined);
  };
  const stop = () => {
    presence.follow();
    const heard = listeners;
    listeners = [];
    heard.forEach(guarded(report, ([event, listener]) => chat.removeListener(event, listener)));
  };
  try {
    for (const event of EVENTS) {
      const listener = guarded(report, () => {
        removed = removed || event === 'removed';
        look();
      });
      chat.on(event, listener);
      listeners.push([event, listener]);
    }
    look();
  } catch (error) {
    stop();
    throw error;
  }
  return {
    wrote() {
      begun = true;
      look();
    },
    stop,
  };
}
