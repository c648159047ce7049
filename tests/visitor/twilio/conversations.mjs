/**
 * Stands for Twilio Conversations (`aim.us1.twilio.com`), as far as `@twilio/conversations` asks it
 * when a page reads one conversation and writes in it.
 */

const BASE = 'https://aim.us1.twilio.com/Client/v2';

/** Answers a request to the REST API: `[status, body]`, or undefined if it is none that is known. */
export function answer(chats, { identity }, { method, path, body }) {
  const user = chats.user(identity);
  if (path === '/Client/v2/Configuration') return [200, configuration(user)];
  if (path.endsWith('/Conversations')) return [200, mine(user)];
  if (/\/Users\/\w+\/Conversations\/CH\w+$/.test(path)) return [200, { unread_messages_count: 0 }];
  const [, conversationSid, messages] = /\/Conversations\/(CH\w+)(\/Messages)?$/.exec(path) ?? [];
  if (!conversationSid) {
    return path.includes('/Users/') ? [200, { identity, friendly_name: identity }] : undefined;
  }
  const chat = chats.channel(conversationSid);
  if (!chat) return [404, { message: 'Conversation not found', code: 50350 }];
  if (messages && method === 'POST') {
    const index = chats.write(conversationSid, identity, body.body);
    return [201, { index, conversation_sid: conversationSid, body: body.body, author: identity }];
  }
  return [200, describe(chat)];
}

function configuration({ identity, sid, info, channels }) {
  return {
    identity,
    sync_objects: { my_user_info: info.name, my_conversations: channels.name },
    links: {
      my_conversations: `${BASE}/Users/${sid}/Conversations`,
      conversations: `${BASE}/Conversations`,
      users: `${BASE}/Users`,
      current_user: `${BASE}/Users/${sid}`,
      typing: `${BASE}/Typing`,
      media_service: 'https://mcs.us1.twilio.com/v1/Media',
      media_set_service: 'https://mcs.us1.twilio.com/v1/MediaSet',
      messages_receipts: `${BASE}/Receipts`,
    },
    options: { user_infos_to_subscribe: 100, http_cache_interval: 'PT5S' },
  };
}

function mine({ channels }) {
  const conversations = [...channels.items].map(([conversation_sid, { data }]) => ({
    conversation_sid,
    status: data.status,
    sync_objects: objects(conversation_sid),
    links: {},
  }));
  return { meta: { next_token: null, previous_token: null }, conversations };
}

function describe({ sid }) {
  return { sid, status: 'joined', attributes: '{}', sync_objects: objects(sid) };
}

function objects(sid) {
  return {
    conversation: `${sid}.channel`,
    participants: `${sid}.roster`,
    messages: `${sid}.messages`,
  };
}
