/**
 * Stands for Twilio's chats: users, channels and what is written in them, which the two clients find
 * as Sync objects. A channel of Programmable Chat and a conversation are the same here.
 */

import { sid } from './sids.mjs';

export class Chats {
  #users = new Map();
  #channels = new Map();

  constructor(sync) {
    this.sync = sync;
  }

  user(identity) {
    if (!this.#users.has(identity)) {
      const own = sid('US');
      const info = this.sync.create('map', `${own}.info`);
      this.sync.set(info, 'friendlyName', { value: identity });
      this.sync.set(info, 'attributes', { value: '{}' });
      const channels = this.sync.create('map', `${own}.channels`);
      this.#users.set(identity, { sid: own, identity, info, channels });
    }
    return this.#users.get(identity);
  }

  channel(channelSid) {
    return this.#channels.get(channelSid);
  }

  /** Opens a chat that the user has joined. */
  open(identity) {
    const own = sid('CH');
    const messages = this.sync.create('list', `${own}.messages`);
    const roster = this.sync.create('map', `${own}.roster`);
    const document = this.sync.create('document', `${own}.channel`, {
      sid: own,
      friendlyName: 'Chat',
      type: 'private',
      dateCreated: new Date().toISOString(),
      attributes: { status: 'ACTIVE' },
      messages: messages.name,
      roster: roster.name,
      state: { current: 'active', dateUpdated: new Date().toISOString() },
    });
    const user = this.user(identity);
    const member = sid('MB');
    this.sync.set(roster, member, {
      identity,
      userInfo: user.info.name,
      roleSid: sid('RL'),
      attributes: '{}',
      type: 'chat',
    });
    this.sync.set(user.channels, own, { channel: document.name, status: 'joined' });
    this.#channels.set(own, { sid: own, document, messages, roster, member, owner: user });
    return own;
  }

  /** Writes a message; answers its index. */
  write(channelSid, author, text) {
    const { document, messages } = this.channel(channelSid);
    const index = messages.items.size;
    const timestamp = new Date().toISOString();
    const message = { sid: sid('IM'), author, text, timestamp, attributes: '{}', type: 'text' };
    this.sync.set(messages, index, message);
    this.sync.update(document, { lastMessage: { index, timestamp } });
    return index;
  }

  /** What an agent's desktop does at the end of a Flex WebChat. */
  deactivate(channelSid) {
    const { document } = this.channel(channelSid);
    this.sync.update(document, { attributes: { ...document.data.attributes, status: 'INACTIVE' } });
  }

  /** Closes a conversation. */
  close(channelSid) {
    const state = { current: 'closed', dateUpdated: new Date().toISOString() };
    this.sync.update(this.channel(channelSid).document, { state });
  }

  /** Deletes a chat. */
  delete(channelSid) {
    this.sync.delete(this.channel(channelSid).document);
  }

  /** Takes the user out of the chat. */
  leave(channelSid) {
    const { roster, member, owner } = this.channel(channelSid);
    this.sync.remove(roster, member);
    this.sync.remove(owner.channels, channelSid);
  }
}
