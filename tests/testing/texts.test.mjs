/** The words of `flex-glance/testing` are those of the component. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { transform } from 'esbuild';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const TEXT = /^ {4}\w+ "(\w+)": "((?:[^"\\]|\\.)*)" \/ "/gm;

test('every text of the mock is the component’s own, word for word', async () => {
  const rust = await readFile(path.join(root, 'src', 'core', 'strings.rs'), 'utf8');
  const real = new Map(Array.from(rust.matchAll(TEXT), ([, name, english]) => [name, english]));
  const source = await readFile(path.join(root, 'src', 'js', 'testing', 'texts.js'), 'utf8');
  const { code } = await transform(source, { format: 'esm', charset: 'ascii' });
  const { TEXTS } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  for (const [name, text] of Object.entries(TEXTS)) assert.equal(text, real.get(name), name);
});
