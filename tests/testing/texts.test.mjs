/** The words of `flex-glance/testing` are those of the component. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { transform } from 'esbuild';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const TEXT = /^ {4}\w+ "(\w+)": "((?:[^"\\]|\\.)*)" \/ "/gm;

const rust = await readFile(path.join(root, 'src', 'core', 'strings.rs'), 'utf8');
const real = new Map(Array.from(rust.matchAll(TEXT), ([, name, english]) => [name, english]));

/** What a file of the mock exports. */
async function imported(name) {
  const source = await readFile(path.join(root, 'src', 'js', 'testing', name), 'utf8');
  const { code } = await transform(source, { format: 'esm', charset: 'ascii' });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

test('every text of the mock is the component’s own, word for word', async () => {
  const { TEXTS } = await imported('texts.js');
  for (const [name, text] of Object.entries(TEXTS)) assert.equal(text, real.get(name), name);
});

test('every way in which a login key can fail can be arranged, but for a restart', async () => {
  const { KEY_FAILURES } = await imported('failures.js');
  const failures = [...real.keys()].filter((name) => name.startsWith('failed_'));
  const arranged = KEY_FAILURES.map((name) => `failed_${name}`);
  assert.deepEqual([...arranged, 'failed_restarted'].sort(), failures.sort());
  const types = await readFile(path.join(root, 'src', 'js', 'testing', 'index.d.ts'), 'utf8');
  for (const name of KEY_FAILURES) assert.ok(types.includes(`| '${name}'`), name);
});
