/** What a webchat's own code may meet when it calls our listeners: never an exception. */

import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';

import { connectWebchat } from '../../dist/visitor.mjs';

const SID = `CH${'0'.repeat(32)}`;
let problems;
let chat;
let connections;

class Visitor {
  presence() {}
  connect() {}
  disconnect() {}
}

/** A webchat in an engagement, with the listeners that are given to it. */
class Chat {
  session = { channelSid: SID, engagementStage: 'CF_IN_ENGAGEMENT' };
  channel = Object.assign(new EventEmitter(), { sid: SID, attributes: { status: 'ACTIVE' } });
  listeners = new Map();

  manager = {
    store: {
      getState: () => ({ flex: { session: this.session } }),
      subscribe: (listener) => {
        this.listeners.set('store', listener);
        return () => this.listeners.delete('store');
      },
    },
    chatClient: { getChannelBySid: () => Promise.resolve(this.channel) },
  };

  Actions = {
    addListener: (name, listener) => this.listeners.set(name, listener),
    removeListener: (name) => this.listeners.delete(name),
  };

  call(name, payload) {
    return this.listeners.get(name)(payload);
  }
}

beforeEach(() => {
  problems = [];
  connections = [];
  chat = new Chat();
  globalThis.window = { GLANCE: { Presence: { Visitor } } };
  globalThis.document = { querySelector: () => null };
});

// A connection that goes on looks at the page each second.
afterEach(() => connections.forEach((connection) => connection.stop()));

function connect(options) {
  const onerror = ({ code, message }) => problems.push(`${code}: ${message}`);
  const connection = connectWebchat(chat, { Actions: chat.Actions, onerror, ...options });
  connections.push(connection);
  return connection;
}

/** Everything that has been resolved is handled. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

for (const [what, given] of [
  ['what createWebChat resolves to', () => ({ manager: chat.manager, init() {} })],
  ['its promise', () => Promise.resolve({ manager: chat.manager, init() {} })],
  ['the manager of Manager.create', () => chat.manager],
  ['its promise too', () => Promise.resolve(chat.manager)],
]) {
  test(`connectWebchat takes ${what}`, async () => {
    const { Actions } = chat;
    const onerror = ({ message }) => problems.push(message);
    const connection = connectWebchat(given(), { Actions, onerror, start: 'chat' });
    await settled();
    assert.deepEqual(problems, []);
    assert.equal(connection.visitorId, SID);
    connection.stop();
    assert.equal(chat.listeners.size, 0);
  });
}

test('what is neither a webchat nor a manager is told', async () => {
  for (const given of [
    undefined,
    null,
    {},
    { manager: {} },
    'webchat',
    Promise.reject(new Error()),
  ]) {
    const { Actions } = chat;
    connectWebchat(given, { Actions, onerror: ({ code }) => problems.push(code) });
  }
  await settled();
  assert.deepEqual(problems, Array(6).fill('webchat'));
});

test('a page whose onchange throws is told, and the webchat is not', async () => {
  const connection = connect({
    onchange: () => {
      throw new Error('out of order');
    },
  });
  await settled();
  assert.equal(chat.call('afterSendMessage', { channelSid: SID }), undefined);
  assert.equal(connection.visitorId, SID);
  assert.deepEqual(problems, ['internal: flex-glance/visitor: A listener failed (out of order).']);
});

test('a state, payload or channel that nobody expects is told, and not thrown', async () => {
  connect();
  await settled();
  chat.call('afterSendMessage', undefined);
  chat.session = undefined;
  chat.call('store');
  Object.defineProperty(chat.channel, 'lastMessage', {
    get() {
      throw new Error('not loaded');
    },
  });
  chat.channel.emit('updated');
  assert.equal(problems.length, 3);
  problems.forEach((problem) => assert.match(problem, /^internal: .+ A listener failed/));
});

test('a message is known before its channel is', async () => {
  const connection = connect();
  await Promise.resolve();
  chat.call('afterSendMessage', { channelSid: SID });
  assert.equal(connection.visitorId, undefined);
  await settled();
  assert.equal(connection.visitorId, SID);
});

test('stop takes every listener back, also while the channel is looked up', async () => {
  const early = connect();
  early.stop();
  await settled();
  assert.equal(chat.listeners.size, 0);

  const waiting = connect({ start: 'chat' });
  await Promise.resolve();
  waiting.stop();
  await settled();
  assert.equal(waiting.visitorId, undefined);

  const late = connect({ start: 'chat' });
  await settled();
  assert.equal(late.visitorId, SID);
  late.stop();
  assert.equal(late.visitorId, undefined);
  assert.equal(chat.listeners.size, 0);
  assert.equal(chat.channel.eventNames().length, 0);
  assert.deepEqual(problems, []);
});
