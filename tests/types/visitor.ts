// The examples of docs/site.md, and every export, as a site in TypeScript uses them. Only checked
// by tsc.

import type { Client } from '@twilio/conversations';
import {
  connectConversation,
  connectVisitor,
  connectWebchat,
  followInvitation,
  loadScript,
  scriptTag,
  visitorId,
  type Connection,
  type ScriptTagOptions,
  type Webchat,
  type WebchatManager,
} from 'flex-glance/visitor';

/** What `@twilio/flex-webchat-ui` has as globals. */
interface FlexWebChat {
  createWebChat(configuration: object): Promise<Webchat & { init(): void }>;
  Actions: {
    addListener(event: string, listener: (payload: { channelSid: string }) => void): void;
    removeListener(event: string, listener: (payload: { channelSid: string }) => void): void;
  };
}

export async function flexWebchat({ createWebChat, Actions }: FlexWebChat) {
  const created = createWebChat({ accountSid: 'AC…', flexFlowSid: 'FO…' });
  const early: Connection = connectWebchat(created, { Actions });
  const webchat = await created;
  connectWebchat(webchat, {
    start: 'chat',
    groupid: 12345,
    data: { basket: 3, page: 'cart' },
    onerror: ({ code, message, cause }) => console.error(code === 'script', message, cause),
    onchange: (id) => console.info(id === undefined ? 'away' : `present as ${id}`),
  });
  connectWebchat(webchat.manager, { Actions, pagedata: (url) => ({ url }) });
  connectWebchat(Promise.resolve<WebchatManager>(webchat.manager), { pagedata: false });
  webchat.init();
  early.stop();
}

export async function conversations(client: Client, conversationSid: string) {
  const conversation = await client.getConversationBySid(conversationSid);
  return connectConversation(conversation, { start: 'message' }).visitorId;
}

export function ownId() {
  visitorId({ name: 'shop-visitor', renew: true });
  return connectVisitor(visitorId({ cookieDomain: 'example.com' }), { groupid: '12345' });
}

export function byLink() {
  const { stop } = followInvitation({ maxage: 60, show: (key) => key.length });
  stop();
}

export const added: HTMLElement = loadScript({ groupid: 12345 });

export const tag: string = scriptTag({
  groupid: 12345,
  site: 'staging',
  cookiedomain: 'example.com',
  inputevents: { 'ctrl-13': 'showTerms' },
});

/** What is wrong is found. */
export const wrong = [
  // @ts-expect-error: the group is required.
  () => scriptTag({}),
  // @ts-expect-error: an agent's token is no option.
  { groupid: 1, authtoken: 'eyJ' } satisfies ScriptTagOptions,
  // @ts-expect-error: message or chat.
  () => connectWebchat({} as Webchat, { start: 'now' }),
  // @ts-expect-error: an ID, not a conversation.
  () => connectVisitor({ sid: 'CH1' }),
  // @ts-expect-error: a conversation, not its SID.
  () => connectConversation('CH1'),
];
