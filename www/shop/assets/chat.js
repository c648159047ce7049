/**
 * The shop's chat: the genuine Flex WebChat, which goes on over pages by itself, with its visitor
 * made known to Glance's Presence by `flex-glance/visitor`.
 */

const script = document.getElementById('flex-webchat');
const listeners = [];
let webchat;

const CONFIGURATION = {
  accountSid: script.dataset.accountSid,
  flexFlowSid: script.dataset.flexFlowSid,
  chatFriendlyName: 'Leaf & Kettle',
  startEngagementOnInit: false,
  preEngagementConfig: {
    description: 'Ask us about tea, or about your order.',
    fields: [
      {
        label: 'What is your name?',
        type: 'InputItem',
        attributes: { name: 'friendlyName', type: 'text', required: true },
      },
    ],
    submitLabel: 'Start chat',
  },
};

/** Shows Glance's terms to who comes by an agent's link. */
export function startInvitations() {
  if (window.FlexGlanceVisitor) window.FlexGlanceVisitor.followInvitation();
}

/** Puts the chat's button on the page and goes on with a chat that was begun on an earlier one. */
export async function startChat() {
  const { FlexWebChat } = window.Twilio ?? {};
  if (!FlexWebChat) {
    console.warn(
      'sandbox/dist/flex-webchat.js is missing, so there is no chat. "npm start" gets it.',
    );
    return;
  }
  webchat = await FlexWebChat.createWebChat(CONFIGURATION);
  if (window.FlexGlanceVisitor) window.FlexGlanceVisitor.connectWebchat(webchat);
  else
    console.warn('dist/visitor.min.js is missing, so there is no presence. "npm start" builds it.');
  const { manager } = webchat;
  Object.assign(manager.strings, {
    EntryPointTagline: 'Chat with us',
    WelcomeMessage: 'Welcome to Leaf & Kettle',
    PredefinedChatMessageAuthorName: 'Leaf & Kettle',
    PredefinedChatMessageBody: 'How can we help?',
  });
  webchat.init();
  let told = chat();
  manager.store.subscribe(() => {
    if (chat() === told) return;
    told = chat();
    for (const listener of listeners) listener();
  });
  for (const listener of listeners) listener();
}

/** @returns {string | undefined} The SID of the chat that the visitor is in. */
export function chat() {
  const { session } = webchat?.manager.store.getState().flex ?? {};
  const isOpen = session?.engagementStage === 'CF_IN_ENGAGEMENT';
  return (isOpen && session.channelSid) || undefined;
}

/** Folds the chat's window up, as its visitor can. */
export function foldChat() {
  if (!webchat?.manager.store.getState().flex.session.isEntryPointExpanded) return;
  window.Twilio.FlexWebChat.Actions.invokeAction('ToggleChatVisibility');
}

/** @param {() => void} listener Called when a chat begins or ends. */
export function onChat(listener) {
  listeners.push(listener);
}
