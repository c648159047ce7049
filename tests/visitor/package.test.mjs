/** `flex-glance/visitor`, from the packed package, by every way that tools find it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const toolchain = createRequire(path.join(root, 'sandbox', 'plugin', 'package.json'));
const EXPORTS = [
  'connectConversation',
  'connectVisitor',
  'connectWebchat',
  'followInvitation',
  'loadScript',
  'scriptTag',
  'visitorId',
];

let folder;
let installed;

before(() => {
  mkdirSync(path.join(root, 'target'), { recursive: true });
  folder = mkdtempSync(path.join(root, 'target', 'visitor-'));
  installed = path.join(folder, 'node_modules', 'flex-glance');
  mkdirSync(installed, { recursive: true });
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const packed = execFileSync('npm', packing, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename }] = Object.values(JSON.parse(packed));
  const archive = path.join(folder, filename);
  execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', installed]);
});

after(() => rmSync(folder, { recursive: true }));

function write(name, text) {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Runs a Node.js script in the project that has the package installed; answers its output. */
function node(...args) {
  try {
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (cause) {
    throw new Error(`${cause.stdout}${cause.stderr}`, { cause });
  }
}

test('Node.js imports and requires it', () => {
  const print = 'console.log(JSON.stringify(Object.keys(it).sort()))';
  const imported = write('a.mjs', `import * as it from 'flex-glance/visitor'; ${print}`);
  const required = write('a.cjs', `const it = require('flex-glance/visitor'); ${print}`);
  assert.deepEqual(JSON.parse(node(imported)), EXPORTS);
  assert.deepEqual(JSON.parse(node(required)), EXPORTS);
});

test('webpack 4, which knows no exports, bundles its module and drops what is not used', async () => {
  const entry = write(
    'entry.js',
    `import { scriptTag } from 'flex-glance/visitor'; window.result = scriptTag({ groupid: 7 });`,
  );
  const webpack = toolchain('webpack');
  const stats = await new Promise((resolve, reject) => {
    const options = {
      mode: 'production',
      context: folder,
      entry,
      output: { path: folder, filename: 'bundle.js', hashFunction: 'sha256' },
    };
    webpack(options, (error, result) => (error ? reject(error) : resolve(result)));
  });
  assert.deepEqual(stats.toJson().errors, []);
  const bundle = readFileSync(path.join(folder, 'bundle.js'), 'utf8');
  const scope = { URL, window: {} };
  vm.runInNewContext(bundle, scope);
  assert.match(scope.window.result, /data-groupid="7"/);
  assert.doesNotMatch(bundle, /afterSendMessage/);
});

test('Jest 27, which knows no exports, requires it', () => {
  const resolver = toolchain.resolve('jest-resolve');
  const print = `
    const { default: Resolver } = require(${JSON.stringify(resolver)});
    console.log(Resolver.findNodeModule('flex-glance/visitor', {
      basedir: ${JSON.stringify(folder)}, conditions: ['require', 'default'],
    }));`;
  const found = node('-e', print).trim();
  assert.deepEqual(Object.keys(createRequire(import.meta.url)(found)).sort(), EXPORTS);
});

test('TypeScript finds its types, old resolution and new', () => {
  const file = write(
    'page.ts',
    `import { visitorId } from 'flex-glance/visitor';
     export const id: string = visitorId();
     // @ts-expect-error: a text, not a number.
     export const wrong: number = visitorId();`,
  );
  const tsc = createRequire(path.join(root, 'package.json')).resolve('typescript/bin/tsc');
  for (const [moduleResolution, module] of [
    ['node10', 'commonjs'],
    ['node16', 'node16'],
    ['bundler', 'es2020'],
  ]) {
    const compilerOptions = { strict: true, noEmit: true, types: [], module, moduleResolution };
    const project = write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
    assert.equal(node(tsc, '-p', project), '', moduleResolution);
  }
});

test('a classic script sets one global, with all that a page uses', () => {
  const scope = { window: {} };
  vm.runInNewContext(readFileSync(path.join(installed, 'dist', 'visitor.min.js'), 'utf8'), scope);
  assert.deepEqual(Object.keys(scope), ['window']);
  const inPage = EXPORTS.filter((name) => !['loadScript', 'scriptTag'].includes(name));
  assert.deepEqual(Object.keys(scope.window.FlexGlanceVisitor).sort(), inPage);
});
