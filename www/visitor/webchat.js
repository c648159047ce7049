/** Presence for Flex WebChat 2.x, `@twilio/flex-webchat-ui`. */

import { backoff } from './backoff.js';
import { followChat } from './chat.js';
import { connectOptions } from './options.js';
import { presence } from './presence.js';
import { guarded, reason } from './report.js';

/**
 * Connects the visitor of each engagement of a webchat while it goes on.
 * Source: Glance's page in Twilio's documents has the snippet that this stands in for,
 * https://www.twilio.com/docs/flex/admin-guide/integrations/glance
 * @param {object|Promise<object>} webchat What `createWebChat` or `Manager.create` resolves to, or the
 *   promise.
 * @param {object} [given] Options, see `index.d.ts`.
 */
export function connectWebchat(webchat, given) {
  const { options, report } = connectOptions(given);
  const visitor = presence(options, report);
  let stopped = false;
  let undo = () => {};

  Promise.resolve(webchat)
    .then((created) => {
      const manager = created.store ? created : created.manager;
      if (!stopped) undo = followEngagements(manager, actions(options), visitor, options, report);
    })
    .catch((error) =>
      report(
        'webchat',
        `connectWebchat needs what Twilio.FlexWebChat.createWebChat or Manager.create gives (${reason(error)}).`,
        error,
      ),
    );

  return {
    get visitorId() {
      return visitor.id;
    },
    stop() {
      stopped = true;
      undo();
      visitor.follow();
    },
  };
}

function actions({ Actions }) {
  if (Actions) return Actions;
  const { FlexWebChat } = window.Twilio || {};
  if (!FlexWebChat)
    throw new Error('there is no Twilio.FlexWebChat: pass its Actions as an option');
  return FlexWebChat.Actions;
}

/**
 * @returns {() => void} Lets go of the webchat; it never throws.
 * @throws What the webchat throws; it then has no listener of ours.
 */
function followEngagements(manager, Actions, visitor, options, report) {
  let sid;
  let writtenSid;
  let chat;
  let retry;

  function leave() {
    clearTimeout(retry);
    if (chat) chat.stop();
    chat = undefined;
  }

  // The store has a SID before there is a client, and null between two engagements.
  function look() {
    const { channelSid, engagementStage } = manager.store.getState().flex.session;
    const inEngagement = engagementStage === 'CF_IN_ENGAGEMENT' && manager.chatClient;
    const next = (inEngagement && channelSid) || undefined;
    if (next === sid) return;
    leave();
    sid = next;
    if (sid) enter(sid, 0);
  }

  function enter(entered, failures) {
    const found = new Promise((resolve) => resolve(manager.chatClient.getChannelBySid(entered)));
    found.then(
      guarded(report, (channel) => {
        if (entered !== sid) return;
        chat = followChat(channel, {
          isOver: ({ attributes }) => Boolean(attributes) && attributes.status === 'INACTIVE',
          atOnce: options.start === 'chat' || writtenSid === sid,
          presence: visitor,
          report,
        });
      }),
      guarded(report, (error) => {
        if (entered !== sid) return;
        retry = setTimeout(() => enter(entered, failures + 1), backoff(failures + 1));
        report(
          'channel',
          `The chat's channel was not found (${reason(error)}). Trying again.`,
          error,
        );
      }),
    );
  }

  const wrote = guarded(report, ({ channelSid }) => {
    writtenSid = channelSid || sid;
    if (chat && writtenSid === sid) chat.wrote();
  });

  const listening = [];
  const stop = () => {
    sid = undefined;
    leave();
    listening.splice(0).forEach(guarded(report, (end) => end()));
  };
  try {
    look();
    listening.push(manager.store.subscribe(guarded(report, look)));
    Actions.addListener('afterSendMessage', wrote);
    listening.push(() => Actions.removeListener('afterSendMessage', wrote));
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
