/** `flex-glance/doctor`, from the packed package. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { unpackPackage } from '../cli/package.mjs';

let unpacked;

before(() => {
  unpacked = unpackPackage('.');
  const modules = path.join(unpacked.home, 'node_modules');
  mkdirSync(modules);
  cpSync(path.join(unpacked.home, 'package'), path.join(modules, 'flex-glance'), {
    recursive: true,
  });
});

after(() => unpacked.remove());

const PRINT = `
  const before = Object.keys(globalThis).length;
  const print = (it) => console.log(JSON.stringify([
    Object.keys(it).filter((name) => !['__esModule', 'default'].includes(name)).sort(),
    Object.keys(it.doctor).sort(),
    Object.keys(globalThis).length - before,
  ]));`;

const EXPORTS = [['diagnose', 'doctor'], ['attach', 'close', 'diagnose', 'open'], 0];

function node(...args) {
  return JSON.parse(execFileSync(process.execPath, args, { cwd: unpacked.home, encoding: 'utf8' }));
}

test('Node.js imports it, and nothing happens', () => {
  const script = `${PRINT} print(await import('flex-glance/doctor'));`;
  assert.deepEqual(node('--input-type=module', '--eval', script), EXPORTS);
});

test('Node.js requires it, and nothing happens', () => {
  assert.deepEqual(node('--eval', `${PRINT} print(require('flex-glance/doctor'));`), EXPORTS);
});

test('tools that know no exports find it by its folder', () => {
  const script = `
    const folder = '${path.join(unpacked.home, 'node_modules', 'flex-glance', 'doctor')}';
    ${PRINT} print(require(folder));`;
  assert.deepEqual(node('--eval', script), EXPORTS);
});
