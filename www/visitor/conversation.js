/** Presence for a page that owns a Twilio Conversations client. */

import { followChat } from './chat.js';
import { connectOptions } from './options.js';
import { presence } from './presence.js';
import { reason } from './report.js';

/**
 * Connects the visitor of a conversation until it is closed or the visitor has left it.
 * Source: the SDK's reference, https://sdk.twilio.com/js/conversations/releases/2.5.0/docs/
 * @param {object} conversation A `Conversation` of `@twilio/conversations`.
 * @param {object} [given] Options, see `index.d.ts`.
 */
export function connectConversation(conversation, given) {
  const { options, report } = connectOptions(given);
  const visitor = presence(options, report);
  let chat;
  try {
    chat = followChat(conversation, {
      isOver: ({ state, status }) =>
        Boolean(state && state.current === 'closed') || status === 'notParticipating',
      atOnce: options.start === 'chat',
      presence: visitor,
      report,
    });
  } catch (error) {
    report(
      'conversation',
      `connectConversation needs a Conversation of @twilio/conversations (${reason(error)}).`,
      error,
    );
  }
  return {
    get visitorId() {
      return visitor.id;
    },
    stop() {
      if (chat) chat.stop();
    },
  };
}
