/** When a visitor's presence is connected, and when again: with a clock of the tests' own. */

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { connectVisitor } from '../../dist/visitor.mjs';

const ID = 'V0123';
let visitors;
let problems;
let tag;

class Visitor {
  constructor(parameters) {
    Object.assign(this, { parameters, connected: false, at: Date.now() });
    visitors.push(this);
  }

  presence(given) {
    this.data = { ...this.data, ...given.data };
  }

  connect() {
    this.connected = true;
  }

  disconnect() {
    this.connected = false;
  }
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  visitors = [];
  problems = [];
  tag = null;
  globalThis.window = { GLANCE: { Presence: { Visitor } } };
  globalThis.document = Object.assign(new EventTarget(), {
    URL: 'https://shop.example/',
    querySelector: () =>
      tag && { getAttribute: (name) => (typeof tag === 'string' ? tag : tag[name]) },
  });
});

const options = { onerror: (problem) => problems.push(problem) };
const present = () => visitors.filter((it) => it.connected).map((it) => it.parameters.visitorid);
const codes = () => problems.map(({ code }) => code);

test('a visitor is connected at once and disconnected by stop', () => {
  const connection = connectVisitor(ID, options);
  assert.deepEqual(present(), [ID]);
  assert.equal(connection.visitorId, ID);
  connection.stop();
  connection.stop();
  assert.deepEqual(present(), []);
  assert.equal(connection.visitorId, undefined);
  assert.deepEqual(problems, []);
});

test('the group is the option’s, or else the script tag’s, or else left to Glance', () => {
  connectVisitor(ID, options);
  tag = '20541';
  connectVisitor(ID, options);
  connectVisitor(ID, { ...options, groupid: 12345 });
  const parameters = visitors.map((it) => it.parameters);
  assert.deepEqual(parameters, [
    { visitorid: ID },
    { visitorid: ID, groupid: '20541' },
    { visitorid: ID, groupid: '12345' },
  ]);
});

test('refused again and again, it waits twice as long each time, and a minute at the most', () => {
  Visitor.prototype.connect = function refuse() {
    this.onerror({ code: 'conndrop', msg: 'refused' });
  };
  try {
    const connection = connectVisitor(ID, options);
    while (visitors.length < 12) mock.timers.tick(10);
    const waits = visitors.slice(1).map((it, i) => it.at - visitors[i].at);
    waits.forEach((wait, i) => {
      const longest = Math.min(60_000, 1000 * 2 ** i);
      assert.ok(wait >= longest / 2 && wait <= longest + 10, `wait ${i} was ${wait} ms`);
    });
    assert.ok(new Set(waits.slice(-4)).size > 1, 'visitors would all come back at once');
    connection.stop();
    mock.timers.tick(600_000);
    assert.equal(visitors.length, 12);
  } finally {
    Visitor.prototype.connect = function connect() {
      this.connected = true;
    };
  }
});

test('after a connection that lasted a minute the next wait is a short one', () => {
  connectVisitor(ID, options);
  for (let drops = 0; drops < 5; drops += 1) {
    visitors.at(-1).onclose();
    mock.timers.tick(60_000);
  }
  assert.equal(visitors.length, 6);
  assert.deepEqual(present(), [ID]);
  mock.timers.tick(60_000);
  visitors.at(-1).onclose();
  mock.timers.tick(1_000);
  assert.equal(visitors.length, 7);
  assert.deepEqual(present(), [ID]);
});

for (const [what, left, missing] of [
  ['both', {}, 'data-groupid and data-presence'],
  ['presence', { 'data-groupid': '20541' }, 'data-presence'],
]) {
  test(`a script tag that lost ${what} in a tag manager is told by its attributes`, () => {
    delete window.GLANCE;
    tag = left;
    connectVisitor(ID, options);
    mock.timers.tick(10_000);
    assert.deepEqual(codes(), ['script']);
    assert.match(problems[0].message, new RegExp(`script tag lacks ${missing}:`));
  });
}

test('a page without the script tag is told', () => {
  delete window.GLANCE;
  connectVisitor(ID, options);
  mock.timers.tick(10_000);
  assert.match(problems[0].message, /no Glance script tag/);
});

test('a page change reaches Glance within two seconds, and each only once', () => {
  connectVisitor(ID, { ...options, data: { basket: 3 } });
  mock.timers.tick(10_000);
  assert.deepEqual(visitors[0].data, { basket: 3 }, 'Glance knows the first page by itself');
  document.URL = 'https://shop.example/checkout';
  mock.timers.tick(2_000);
  assert.deepEqual(visitors[0].data, { basket: 3, url: 'https://shop.example/checkout' });
  const told = mock.method(visitors[0], 'presence');
  mock.timers.tick(60_000);
  assert.equal(told.mock.callCount(), 0);
  document.URL = 'https://shop.example/';
  mock.timers.tick(2_000);
  assert.equal(visitors[0].data.url, 'https://shop.example/');
});

test('a connection that is made after a page change tells it at once', () => {
  connectVisitor('V1', options).stop();
  document.URL = 'https://shop.example/checkout';
  connectVisitor(ID, options);
  assert.equal(visitors.at(-1).data.url, 'https://shop.example/checkout');
});

test('after stop no page is told', () => {
  const connection = connectVisitor(ID, options);
  connection.stop();
  document.URL = 'https://shop.example/checkout';
  mock.timers.tick(60_000);
  assert.deepEqual(visitors[0].data, {});
});

test('what a page change tells is the site’s to say, or nothing', () => {
  const answers = { '/help': undefined, '/checkout': { step: 2 } };
  connectVisitor('V1', { ...options, pagedata: (url) => answers[new URL(url).pathname] });
  connectVisitor('V2', { ...options, pagedata: false });
  for (const path of ['/help', '/checkout']) {
    document.URL = `https://shop.example${path}`;
    mock.timers.tick(2_000);
    assert.deepEqual(visitors[0].data, { ...answers[path] });
  }
  assert.deepEqual(visitors[1].data, {});
  assert.deepEqual(problems, []);
});

test('a pagedata that throws is told, and the visitor stays connected', () => {
  connectVisitor(ID, {
    ...options,
    pagedata: () => {
      throw new Error('no route');
    },
  });
  document.URL = 'https://shop.example/checkout';
  mock.timers.tick(2_000);
  assert.deepEqual(codes(), ['internal']);
  assert.deepEqual(present(), [ID]);
});

test('a Glance script that stays away is told once, after ten seconds, and waited for', () => {
  delete window.GLANCE;
  tag = '20541';
  connectVisitor(ID, options);
  mock.timers.tick(9_999);
  assert.deepEqual(codes(), []);
  mock.timers.tick(600_000);
  assert.deepEqual(codes(), ['script']);
  assert.match(problems[0].message, /content blocker/);
  window.GLANCE = { Presence: { Visitor } };
  mock.timers.tick(60_000);
  assert.deepEqual(present(), [ID]);
});

test('a script that loads connects the visitor in the same moment, if it brought Glance', () => {
  window.GLANCE = { Cobrowse: {} };
  connectVisitor(ID, options);
  document.dispatchEvent(new Event('load'));
  assert.deepEqual(present(), []);
  window.GLANCE.Presence = { Visitor };
  document.dispatchEvent(new Event('load'));
  assert.deepEqual(present(), [ID]);
  mock.timers.tick(600_000);
  assert.equal(visitors.length, 1);
  assert.deepEqual(problems, []);
});

test('stopped while it waits for the script, it never connects', () => {
  delete window.GLANCE;
  const connection = connectVisitor(ID, options);
  connection.stop();
  window.GLANCE = { Presence: { Visitor } };
  document.dispatchEvent(new Event('load'));
  mock.timers.tick(600_000);
  assert.deepEqual(visitors, []);
  assert.deepEqual(problems, []);
});

test('a Glance script that cannot disconnect is told, and its later events change nothing', () => {
  connectVisitor('V1', options).stop();
  assert.deepEqual(problems, []);
  const { disconnect } = Visitor.prototype;
  delete Visitor.prototype.disconnect;
  try {
    const connection = connectVisitor(ID, options);
    connection.stop();
    visitors.at(-1).onerror({ code: 'conndrop' });
    mock.timers.tick(600_000);
    assert.deepEqual(codes(), ['disconnect']);
    assert.equal(visitors.length, 2);
  } finally {
    Visitor.prototype.disconnect = disconnect;
  }
});

test('an ID that Glance would refuse connects nobody and says the rule', () => {
  for (const id of ['', 'Jenny & Co', 'x'.repeat(63), undefined, null, 5, {}]) {
    assert.equal(connectVisitor(id, options).visitorId, undefined);
  }
  assert.deepEqual(visitors, []);
  assert.equal(problems.length, 7);
  assert.match(problems[0].message, /1 to 62 letters A to Z, digits or - _ \. ~/);
});

test('without onerror each kind of problem is on the console once', () => {
  const warn = mock.method(console, 'warn', () => {});
  connectVisitor(ID);
  for (let drops = 0; drops < 3; drops += 1) {
    visitors.at(-1).onerror({ msg: 'dropped' });
    mock.timers.tick(60_000);
  }
  assert.deepEqual(
    warn.mock.calls.map(({ arguments: [message] }) => message),
    ['flex-glance/visitor: The connection to Glance presence was lost (dropped). Trying again.'],
  );
});
