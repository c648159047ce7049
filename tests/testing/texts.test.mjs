/** The failures that `flex-glance/testing` can arrange are those that the component has a text for. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { transform } from 'esbuild';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const english = JSON.parse(await readFile(path.join(root, 'locales', 'en.json'), 'utf8'));

/** What a file of the mock exports. */
async function imported(name) {
  const source = await readFile(path.join(root, 'src', 'js', 'testing', name), 'utf8');
  const { code } = await transform(source, { format: 'esm', charset: 'ascii' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

test('every way in which a login key can fail can be arranged, but for a restart', async () => {
  const { KEY_FAILURES } = await imported('failures.js');
  const failures = Object.keys(english).filter((name) => name.startsWith('failed_'));
  const arranged = KEY_FAILURES.map((name) => `failed_${name}`);
  assert.deepEqual([...arranged, 'failed_restarted'].sort(), failures.sort());
  const types = await readFile(path.join(root, 'src', 'js', 'testing', 'index.d.ts'), 'utf8');
  for (const name of KEY_FAILURES) assert.ok(types.includes(`| '${name}'`), name);
});
