/**
 * Texts that stand for nothing are no visitor IDs: `undefined`, `null` and their like. Which they
 * are, and why, is in `vectors/visitor_id.json`, which the doctor and core run as well.
 */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { connectConversation, connectVisitor, scriptTag, visitorId } from '../../dist/visitor.mjs';
import { vectors } from '../vectors.mjs';

let problems;
const onerror = ({ code, message }) => problems.push({ code, message });

beforeEach(() => {
  problems = [];
  class Visitor {
    presence() {}
    connect() {}
    disconnect() {}
  }
  globalThis.window = { GLANCE: { Presence: { Visitor } }, crypto: globalThis.crypto };
  globalThis.document = { querySelector: () => null };
});

/** Why the tag's builder refuses an ID, or undefined. */
function refusal(visitorid) {
  try {
    scriptTag({ groupid: 12345, visitorid });
    return undefined;
  } catch (error) {
    return error.message;
  }
}

for (const { given, standsForNothing, why } of vectors('visitor_id')) {
  test(`${JSON.stringify(given)} ${standsForNothing ? 'is no' : 'may be an'} ID: ${why}`, () => {
    const connection = connectVisitor(given, { onerror });
    const told = problems.map(({ message }) => message).join();
    const refused = refusal(given);
    if (standsForNothing) {
      assert.equal(connection.visitorId, undefined);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['visitorid'],
      );
      assert.match(told, /is the text “[^”]+”, which stands for nothing: .+ Give each visitor/);
      assert.match(refused, /^scriptTag: option "visitorid" is the text “[^”]+”, which stands/);
    } else {
      assert.doesNotMatch(`${told} ${refused}`, /stands for nothing/);
      assert.equal(refused === undefined, connection.visitorId === given, refused);
    }
    connection.stop();
  });
}

test('the text is named as it was given, in one line', () => {
  connectVisitor(`${undefined}`, { onerror });
  assert.match(
    problems[0].message,
    /^flex-glance\/visitor: The visitor ID is the text “undefined”/,
  );
});

test('a chat whose SID stands for nothing connects nobody', () => {
  const chat = { sid: 'undefined', lastMessage: {}, on() {}, removeListener() {} };
  assert.equal(connectConversation(chat, { onerror }).visitorId, undefined);
  assert.match(problems[0].message, /stands for nothing/);
});

test('a kept ID that stands for nothing is replaced', () => {
  const kept = new Map([['flex-glance-visitor', 'undefined']]);
  window.localStorage = {
    getItem: (name) => kept.get(name),
    setItem: (name, id) => kept.set(name, id),
  };
  assert.match(visitorId(), /^V[0-9a-f]{32}$/);
  assert.equal(kept.get('flex-glance-visitor'), visitorId());
});

test('what an error says is told in one line that reads in its own direction', () => {
  window.GLANCE.Presence.Visitor = function Broken() {
    throw new Error(`re\u202efused\u2066\u061c\n\u200bby${'!'.repeat(1000)}`);
  };
  connectVisitor('V1', { onerror }).stop();
  assert.match(problems[0].message, /\(re fused by!{189}\)\. Trying again\.$/);
});
