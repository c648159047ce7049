/** The visitor's side takes what the component takes: both run the cases of `vectors/`. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { connectVisitor, scriptTag } from '../../dist/visitor.mjs';
import { vectors } from '../vectors.mjs';

before(() => {
  class Visitor {
    presence() {}
    connect() {}
    disconnect() {}
  }
  globalThis.window = { GLANCE: { Presence: { Visitor } } };
  globalThis.document = { querySelector: () => null };
});

/** Whether the tag's builder takes an option. */
function takes(option) {
  try {
    return Boolean(scriptTag({ groupid: 12345, ...option }));
  } catch (error) {
    assert.match(error.message, /^scriptTag: option "/);
    return false;
  }
}

// The visitor's page has to name the session key as it stands: white space is no part of it.
for (const { given, key, why } of vectors('session_key')) {
  test(`as a visitor ID ${JSON.stringify(given)}: ${why}`, () => {
    const isKey = typeof given === 'string' && given === key;
    const connection = connectVisitor(given, { onerror() {} });
    assert.equal(connection.visitorId, isKey ? key : undefined);
    connection.stop();
    assert.equal(takes({ visitorid: given ?? '' }), isKey);
  });
}

for (const { given, acceptable, origin, why } of vectors('address')) {
  test(`the address ${JSON.stringify(given)}: ${why}`, () => {
    assert.equal(takes({ termsurl: given }), acceptable);
    // A host is taken as it stands, so of those that have an origin the plain ones alone.
    for (const name of ['ws', 'presenceserver', 'scriptserver', 'cdn']) {
      const isPlain = /^[a-z0-9.-]+(:\d+)?$/i.test(given);
      assert.equal(takes({ [name]: given }), acceptable || (isPlain && origin !== null));
    }
  });
}

test('the script comes from the script server of the production environment', () => {
  const { cdn } = vectors('hosts').production;
  assert.ok(scriptTag({ groupid: 12345 }).includes(` src="${cdn}/cobrowse/CobrowseJS.ashx?`));
});
