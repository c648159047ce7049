/**
 * Stands for Programmable Chat's servers (`aim.twilio.com`, and a session list in Sync that carries
 * commands), as far as twilio-chat 3.4 inside Flex WebChat asks them.
 */

const LINKS = {
  publicChannelsUrl: '/v2/Channels',
  myChannelsUrl: '/v2/Users/me/Channels',
  typingUrl: '/v1/typing',
  syncListUrl: '/v2/SyncList',
  usersUrl: '/v2/Users',
  mediaServiceUrl: 'https://mcs.us1.twilio.com/v1/Media',
};

/** Makes the list by which a client gives commands, and tells the client where everything is. */
export function openSession(chats, { identity }, { context }) {
  const { info, channels } = chats.user(identity);
  const list = chats.sync.create('list');
  list.context = {
    ...context,
    identity,
    userInfo: info.name,
    myChannels: channels.name,
    channels: 'channels',
    reachabilityEnabled: false,
    links: LINKS,
  };
  return list;
}

/**
 * Carries out the command that a client has put on its session list.
 * @returns {string | undefined} The command's name, if it is not known.
 */
export function command(chats, { identity }, list, index, faults) {
  const { data } = list.items.get(index);
  const { action, ...given } = data.request;
  const response = { status: 200, statusText: 'OK' };
  let unknown;
  if (faults[action]) {
    Object.assign(response, { status: faults[action], statusText: 'Refused by the test' });
  } else if (action === 'sendMessage') {
    response.messageId = String(chats.write(given.channelSid, identity, given.text));
  } else if (action === 'editUserFriendlyName') {
    chats.sync.set(chats.user(identity).info, 'friendlyName', { value: given.friendlyName });
  } else if (action === 'consumptionReportV2') {
    response.report = given.report.map((line) => ({ ...line, unreadMessagesCount: 0 }));
  } else {
    unknown = action;
  }
  chats.sync.set(list, index, { ...data, response });
  return unknown;
}

/** Answers a request to the REST API: `[status, body]`, or undefined if it is none that is known. */
export function answer(chats, { identity }, { path, params }) {
  const user = chats.user(identity);
  const one = { meta: { next_token: null, previous_token: null } };
  if (path.endsWith('/SyncList')) {
    const channels = [...user.channels.items].map(([channel_sid, { data }]) => ({
      channel_sid,
      status: data.status,
      channel: data.channel,
      messages: `${channel_sid}.messages`,
      roster: `${channel_sid}.roster`,
    }));
    return [200, { ...one, channels }];
  }
  if (path === '/v1/typing') return [200, { typing_timeout: 5 }];
  if (path.endsWith('/Users') && chats.channel(params.ChannelSid)) {
    return [200, { ...one, users: [describe(user)] }];
  }
  const [, named] = /\/Users\/([^/]+)$/.exec(path) ?? [];
  if (named) return [200, describe(chats.user(decodeURIComponent(named)))];
  const [, channelSid] = /\/Channels\/(CH\w+)$/.exec(path) ?? [];
  if (channelSid) return chat(chats, channelSid);
  return undefined;
}

function chat(chats, channelSid) {
  if (!chats.channel(channelSid)) return [404, { message: 'Channel not found', code: 50300 }];
  return [200, { sid: channelSid, status: 'joined', type: 'private', attributes: '{}' }];
}

function describe({ identity, info }) {
  return { identity, friendly_name: identity, attributes: '{}', sync_unique_name: info.name };
}
