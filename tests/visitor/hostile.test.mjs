/** Whatever a page hands over, and whatever its browser refuses: no function throws into it. */

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import * as visitor from '../../dist/visitor.mjs';

const { connectConversation, connectVisitor, connectWebchat, scriptTag, visitorId } = visitor;

class Visitor {
  presence() {}
  connect() {}
  disconnect() {}
}

const fail = () => {
  throw new Error('a getter that throws');
};
const throwing = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail });
const wordless = () => {
  throw Object.create(null);
};

/** What nobody would call a visitor, a conversation, a webchat or options. */
const ODD = [
  ['nothing', undefined],
  ['null', null],
  ['zero', 0],
  ['a number', 5],
  ['NaN', NaN],
  ['a big number', 10n],
  ['true', true],
  ['false', false],
  ['an empty text', ''],
  ['a text', 'V1'],
  ['a symbol', Symbol('V1')],
  ['a function', () => {}],
  ['a function that throws', fail],
  ['an object', {}],
  ['an object without a prototype', Object.create(null)],
  ['an array', []],
  ['a frozen object', Object.freeze({})],
  ['an object whose getters throw', throwing],
  ['an object that is no text', { toString: fail, valueOf: fail }],
  ['an object with a then that throws', { then: fail }],
  ['an object with an on that throws', { sid: 'CH1', on: fail, removeListener: fail }],
  ['an object with an on that throws no error', { sid: 'CH1', on: wordless }],
  ['an object with on alone', { sid: 'CH1', lastMessage: {}, on() {} }],
  ['a webchat without a store', { manager: {} }],
  ['a webchat whose store throws', { manager: { store: { getState: fail, subscribe: fail } } }],
];

const CONNECTS = Object.entries({ connectConversation, connectVisitor, connectWebchat });
const NAMES = ['groupid', 'data', 'onerror', 'onchange', 'start', 'Actions', 'name'];

let unhandled;
process.on('unhandledRejection', (reason) => unhandled.push(reason));

beforeEach(() => {
  unhandled = [];
  mock.restoreAll();
  mock.method(console, 'warn', () => {});
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  globalThis.window = { GLANCE: { Presence: { Visitor } } };
  globalThis.document = Object.assign(new EventTarget(), { querySelector: () => null, cookie: '' });
});

/** Connects, waits, disconnects; answers what the page was given. */
async function use(connect, ...given) {
  const connection = connect(...given);
  await new Promise((resolve) => setImmediate(resolve));
  mock.timers.tick(120_000);
  assert.ok(['string', 'undefined'].includes(typeof connection.visitorId));
  assert.equal(connection.stop(), undefined);
  assert.equal(connection.stop(), undefined);
  assert.equal(connection.visitorId, undefined);
  assert.deepEqual(unhandled, []);
}

for (const [name, connect] of CONNECTS) {
  test(`${name} does not throw, whatever it is given`, async () => {
    await use(connect);
    for (const [, odd] of ODD) await use(connect, odd);
  });

  test(`${name} does not throw, whatever its options are`, async () => {
    for (const [, odd] of ODD) await use(connect, 'V1', odd);
  });

  test(`${name} does not throw, whatever each option is`, async () => {
    const chat = { sid: 'CH1', lastMessage: {}, on() {}, removeListener() {} };
    for (const option of NAMES) {
      for (const [, odd] of ODD) {
        await use(connect, 'V1', { [option]: odd });
        await use(connect, chat, { [option]: odd });
      }
      await use(connect, 'V1', Object.defineProperty({}, option, { get: fail }));
    }
  });

  test(`${name} does not throw where there is no page, and keeps no process alive`, async () => {
    delete globalThis.window;
    delete globalThis.document;
    const timers = mock.method(globalThis, 'setTimeout', globalThis.setTimeout);
    await use(connect, connect === connectVisitor ? 'V1' : {});
    assert.equal(timers.mock.callCount(), 0);
  });
}

const codesOf = (connect, ...given) => {
  const codes = [];
  const [first, options] = given;
  connect(first, { ...options, onerror: ({ code }) => codes.push(code) });
  return codes;
};

test('an option of another type is told by its name, and left out', () => {
  const problems = [];
  const made = [];
  class Recording extends Visitor {
    constructor(parameters) {
      super();
      made.push(parameters);
    }
  }
  window.GLANCE.Presence.Visitor = Recording;
  const options = { groupid: {}, data: 'x', onchange: 5, start: 'now', Actions: 5 };
  const chat = { sid: 'CH1', lastMessage: {}, on() {}, removeListener() {} };
  connectConversation(chat, { ...options, onerror: (problem) => problems.push(problem) });
  assert.deepEqual(
    problems.map(({ code, message }) => [code, /option "(\w+)"/.exec(message)[1]]),
    Object.keys(options).map((name) => ['option', name]),
  );
  assert.deepEqual(made, [{ visitorid: 'CH1' }]);
  assert.match(problems[0].message, /must be the number of your Glance group, got object/);
});

test('options that are no object are told on the console', () => {
  const warn = mock.method(console, 'warn', () => {});
  connectVisitor('V1', 'onerror');
  assert.match(warn.mock.calls[0].arguments[0], /options must be an object, got string/);
});

test('null stands for no options, and for an option that is not given', () => {
  assert.deepEqual(codesOf(connectVisitor, 'V1', { groupid: null, data: null }), []);
  const warn = mock.method(console, 'warn', () => {});
  assert.equal(connectVisitor('V1', null).visitorId, 'V1');
  assert.equal(warn.mock.callCount(), 0);
});

test('a problem is on the console where onerror throws', () => {
  const warn = mock.method(console, 'warn', () => {});
  connectVisitor(null, { onerror: fail });
  assert.match(warn.mock.calls[0].arguments[0], /The visitor ID must be/);
});

test('a Glance that throws wherever it is touched is told, and tried again', () => {
  for (const [what, GLANCE] of Object.entries({
    'all of it': throwing,
    'its presence': { Presence: throwing },
    'its class': { Presence: { Visitor: fail } },
    'what its class makes': {
      Presence: {
        Visitor: function Odd() {
          return throwing;
        },
      },
    },
  })) {
    window.GLANCE = GLANCE;
    const codes = codesOf(connectVisitor, 'V1');
    mock.timers.tick(120_000);
    assert.ok(codes.length > 0, what);
    window.GLANCE = { Presence: { Visitor } };
    mock.timers.tick(120_000);
  }
  Object.defineProperty(window, 'GLANCE', { get: fail });
  connectVisitor('V1');
  mock.timers.tick(120_000);
});

test('a disconnect that cannot be read is told', () => {
  window.GLANCE.Presence.Visitor = class extends Visitor {
    get disconnect() {
      return fail();
    }
  };
  const problems = [];
  connectVisitor('V1', { onerror: ({ code }) => problems.push(code) }).stop();
  assert.deepEqual(problems, ['disconnect']);
});

test('a chat that refuses a listener is left without any', () => {
  const taken = new Set();
  const conversation = {
    sid: 'CH1',
    lastMessage: {},
    on(event) {
      if (event === 'removed') fail();
      taken.add(event);
    },
    removeListener: (event) => taken.delete(event),
  };
  assert.deepEqual(codesOf(connectConversation, conversation), ['conversation']);
  assert.deepEqual([...taken], []);
});

test('a chat that keeps its listeners is disconnected all the same', () => {
  const removeListener = fail;
  const conversation = { sid: 'CH1', lastMessage: {}, on() {}, removeListener };
  const connection = connectConversation(conversation);
  assert.equal(connection.visitorId, 'CH1');
  connection.stop();
  assert.equal(connection.visitorId, undefined);
});

test('a webchat whose Actions refuse a listener is left without any', async () => {
  let subscribed = 0;
  const store = {
    getState: () => ({ flex: { session: {} } }),
    subscribe() {
      subscribed += 1;
      return () => (subscribed -= 1);
    },
  };
  const codes = codesOf(connectWebchat, { manager: { store } }, { Actions: { addListener: fail } });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([codes, subscribed], [['webchat'], 0]);
});

test('visitorId gives an ID, whatever its options are', () => {
  window.crypto = globalThis.crypto;
  window.location = { protocol: 'https:' };
  for (const [what, odd] of ODD) {
    for (const options of [odd, { name: odd }, { cookieDomain: odd }, { renew: odd }]) {
      assert.match(visitorId(options), /^V[0-9a-f]{32}$/, what);
    }
  }
  for (const option of ['name', 'cookieDomain', 'renew']) {
    const options = Object.defineProperty({}, option, { get: fail });
    assert.match(visitorId(options), /^V[0-9a-f]{32}$/, option);
  }
  delete window.location;
  assert.match(visitorId(), /^V[0-9a-f]{32}$/);
});

test('a cookie domain that would add attributes to the cookie is none', () => {
  window.crypto = globalThis.crypto;
  window.location = { protocol: 'https:' };
  const written = [];
  const set = (text) => {
    written.push(text);
  };
  Object.defineProperty(document, 'cookie', { get: () => '', set });
  visitorId({ cookieDomain: 'example.com; SameSite=None' });
  assert.ok(
    written.every((text) => !text.includes('SameSite=None')),
    written.join(),
  );
  assert.match(console.warn.mock.calls[0].arguments[0], /option "cookieDomain" must be a domain/);
});

test('visitorId throws where no ID can be made, and says why', () => {
  const name = 'never-made';
  assert.throws(() => visitorId({ name }), /no crypto\.getRandomValues/);
  delete globalThis.window;
  assert.throws(() => visitorId({ name }), /no crypto\.getRandomValues/);
});

test('scriptTag refuses what it cannot use by a TypeError that names it', () => {
  for (const [what, odd] of ODD) {
    assert.throws(() => scriptTag(odd), { name: 'TypeError', message: /^scriptTag: / }, what);
    for (const option of ['groupid', 'inputevents', 'additionalgroupids', 'termsurl', 'site']) {
      const give = () => scriptTag({ groupid: 12345, [option]: odd });
      try {
        assert.match(give(), /^<script /);
      } catch (error) {
        const { name, message } = error;
        assert.equal(name, 'TypeError', `${option}: ${what}`);
        assert.match(message, new RegExp(`^scriptTag: option "${option}" `));
      }
    }
  }
  const options = Object.defineProperty({ groupid: 1 }, 'site', { get: fail, enumerable: true });
  assert.throws(() => scriptTag(options), { message: /^scriptTag: option "site" cannot be read/ });
});
