/** THIRD-PARTY-LICENSES tells of everything that others wrote of `dist/`, and holds its terms. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import {
  bindgen,
  crates,
  esbuild,
  lockedStandardCrates,
  npmPackages,
  packageFolder,
  rust,
} from '../../scripts/licences/contents.mjs';
import { readDocument, writeDocument } from '../../scripts/licences/document.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (name) => readFileSync(path.join(root, name), 'utf8');
const { sections, covered } = readDocument(read('THIRD-PARTY-LICENSES'));
const named = (parts) => parts.map(({ name, version }) => `${name} ${version}`).sort();
const anew = 'run `npm run licences`, and read what changed';

test('the crates in it are those that the package is compiled from', async () => {
  assert.deepEqual(named(sections.crates), named(await crates(root)), anew);
});

test('the standard library in it is that of the pinned Rust, with crates of its lock file', async () => {
  const [std, ...others] = sections.standard;
  assert.deepEqual(std, await rust(root), anew);
  const locked = new Set(named(await lockedStandardCrates(root)));
  const unknown = named(others).filter((crate) => !locked.has(crate));
  assert.deepEqual(unknown, [], anew);
});

test('the tools in it are those that write code into the package', async () => {
  const tools = [await esbuild(root), await bindgen(root)];
  assert.deepEqual(named(sections.tools), named(tools), anew);
});

test('the npm packages in it are those of which something is in a bundle', async () => {
  assert.deepEqual(named(sections.packages), named(await npmPackages(root)), anew);
});

test('everything in it has the text of a licence', () => {
  const all = named(Object.values(sections).flat());
  assert.deepEqual(
    all.filter((part) => !covered.has(part)),
    [],
    anew,
  );
});

test('no text in it leaves open whose the copyright is', () => {
  assert.doesNotMatch(read('THIRD-PARTY-LICENSES'), /<year>|<copyright holders>|<owner>/);
});

test('it is in the npm package, and nothing is listed twice there', () => {
  const { files } = JSON.parse(read('package.json'));
  assert.ok(files.includes('THIRD-PARTY-LICENSES'));
  assert.deepEqual(files, [...new Set(files)]);
});

test('a file of a bundle belongs to the innermost npm package', () => {
  const folders = [
    'src/js/flex.js',
    'node_modules/a/b.js',
    'x/node_modules/a/node_modules/@b/c/d.js',
  ];
  assert.deepEqual(folders.map(packageFolder), [
    undefined,
    'node_modules/a',
    'x/node_modules/a/node_modules/@b/c',
  ]);
});

test('nothing is listed without the text of a licence', () => {
  const part = { name: 'a', version: '1.0.0' };
  const empty = { crates: [part], standard: [], tools: [], packages: [] };
  assert.throws(() => writeDocument(empty, []), /no licence's text for a 1\.0\.0/);
});

test('what is written is read back', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ name, version: '1.0.0' }));
  const lists = { crates: [a], standard: [], tools: [b], packages: [] };
  const texts = [a, b].map((part) => ({ crates: [part], licence: 'MIT', text: 'The same.\r\n' }));
  const back = readDocument(writeDocument(lists, texts));
  assert.deepEqual(back, { sections: lists, covered: new Set(['a 1.0.0', 'b 1.0.0']) });
});
