/** The types of `flex-glance/testing` name what can be let fail. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { importSources } from '../js/import.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const types = await readFile(path.join(root, 'src', 'js', 'testing', 'index.d.ts'), 'utf8');
const { KEY_FAILURES, PRESENCE_FAILURES } = await importSources(
  'testing/login-key-function.js',
  'testing/glance-script.js',
);

/** The texts that a type is one of. */
function textsOf(name) {
  const [, union] = new RegExp(`export type ${name} =([^;]+);`).exec(types);
  return Array.from(union.matchAll(/'(\w+)'/g), ([, text]) => text);
}

test('each way in which a login key can fail has its type', () => {
  assert.deepEqual(textsOf('KeyFailure'), KEY_FAILURES);
});

test('each way in which presence can fail has its type', () => {
  assert.deepEqual(textsOf('PresenceFailure'), PRESENCE_FAILURES);
});
