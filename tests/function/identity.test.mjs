/** Flex's escaping of identities, which the doctor undoes by the same `vectors/identity.json`. */

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { vectors } from '../vectors.mjs';

const { decode } = createRequire(import.meta.url)('../../functions/getloginkey.js');

for (const { identity, decoded, why } of vectors('identity')) {
  test(`the identity ${JSON.stringify(identity)}: ${why}`, () => {
    assert.equal(decode(identity) ?? null, decoded);
  });
}

test('no two identities decode to the same text', () => {
  const pieces = ['_', '__', 'a', 'A', '4', '0', '2E', '2e', '40', '_40', '_2E', '_C3', '_A9', '.'];
  const seen = new Map();
  for (let i = 0; i < 50_000; i += 1) {
    const length = randomInt(1, 6);
    const identity = Array.from({ length }, () => pieces[randomInt(pieces.length)]).join('');
    const text = decode(identity);
    if (text !== undefined) {
      assert.equal(seen.get(text) ?? identity, identity, JSON.stringify(text));
      seen.set(text, identity);
    }
  }
  assert.ok(seen.size > 100, `only ${seen.size} had a decoded form`);
});
