/** Where the documents lead, and what the package brings of it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { documents, outline, read, root } from './documents.mjs';

const outlines = new Map(documents().map((name) => [name, outline(read(name))]));

/** Links of a document to files of the project, with the file's path from the root. */
function links(name) {
  return outlines
    .get(name)
    .links.filter((link) => !/^[a-z]+:/i.test(link))
    .map((link) => {
      const [file, anchor] = link.split('#');
      const target = file === '' ? name : path.posix.join(path.posix.dirname(name), file);
      return { link, target, anchor };
    });
}

/** What is wrong with a document's links. */
function broken(name) {
  return links(name)
    .filter(({ target, anchor }) => {
      if (!outlines.has(target) && !existsSync(path.join(root, target))) return true;
      return anchor !== undefined && !outlines.get(target)?.anchors.has(anchor);
    })
    .map(({ link }) => `${name}: ${link}`);
}

test('every link leads to a file of the project, and to a heading of it', () => {
  const found = documents().flatMap(links);
  assert.ok(found.length > 100, `${found.length} links found`);
  assert.deepEqual(documents().flatMap(broken), []);
});

test('a link to a file or a heading that is not there is found', () => {
  outlines.set(
    'none.md',
    outline('# A `b` c\n\n[1](#a-b-c) [2](#none) [3](none/) [4](README.md#none)'),
  );
  assert.deepEqual(broken('none.md'), [
    'none.md: #none',
    'none.md: none/',
    'none.md: README.md#none',
  ]);
  outlines.delete('none.md');
});

test('every document in docs/ can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const name of reached) {
    for (const { target } of links(name)) if (outlines.has(target)) reached.add(target);
  }
  assert.deepEqual(
    documents().filter((name) => name.startsWith('docs/') && !reached.has(name)),
    [],
  );
});

test('a document of docs/ that code names is there', () => {
  const folders = ['src', 'www', 'scripts', 'bench', 'tests', 'sandbox/src'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .filter((file) => /\.(m?js|rs|ts|tsx)$/.test(file) && !file.includes('node_modules'))
      .map((file) => path.posix.join(folder, file)),
  );
  const named = ['index.d.ts', ...files].flatMap((file) =>
    Array.from(read(file).matchAll(/\bdocs\/[\w-]+\.md\b/g), ([name]) => ({ file, name })),
  );
  assert.ok(named.length > 5, `${named.length} names found`);
  const missing = named.filter(({ name }) => !outlines.has(name));
  assert.deepEqual(missing, []);
});

test('the package brings what its documents name of it', () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const said = execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ files }] = Object.values(JSON.parse(said));
  const shipped = new Set(files.map((file) => file.path));
  const own = documents().filter((name) => shipped.has(name));
  assert.ok(own.length > 15, `${own.length} documents ship`);
  // Pictures stay in the repository, and so does what is for those who work on the package.
  const linked = own.flatMap((name) =>
    links(name)
      .map(({ target }) => target)
      .filter((target) => name !== 'README.md' || /^(docs|functions)\//.test(target))
      .filter((target) => !/\.(png|svg)$/.test(target)),
  );
  const named = documents().flatMap((name) =>
    Array.from(read(name).matchAll(/node_modules\/flex-glance\/([\w./-]+\w)/g), ([, file]) => file),
  );
  assert.ok(named.length > 3, `${named.length} names found`);
  assert.deepEqual(
    [...linked, ...named].filter((file) => !shipped.has(file)),
    [],
  );
});
