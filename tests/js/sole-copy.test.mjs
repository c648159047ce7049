/** That one copy of the package works on a page, and which. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { importSources } from './import.mjs';

const { createSoleCopy } = await importSources('sole-copy.js');

let warned;

beforeEach(({ mock }) => {
  globalThis.window = {};
  warned = mock.method(console, 'warn', () => {}).mock;
});

/** Registers with a copy, and notes what begins and ends. */
function register(copy, name, log) {
  return copy.whenOurs(() => {
    log.push(`${name} begins`);
    return () => log.push(`${name} ends`);
  });
}

test('the second copy stands back, says so once, and leaves a word for the doctor', () => {
  const [first, second] = [createSoleCopy(), createSoleCopy()];
  const log = [];
  register(first, 'header', log);
  register(first, 'panel', log);
  register(second, 'second header', log);
  register(second, 'second panel', log)();
  assert.equal(second.keep(), false);
  assert.deepEqual(log, ['header begins', 'panel begins']);
  assert.equal(warned.callCount(), 1);
  assert.match(warned.calls[0].arguments[0], /^flex-glance: .*Switch one of the two plugins off/);
  assert.equal(globalThis.window[Symbol.for('flex-glance')].others, 1);
});

test('once all of the first is taken back, the second begins as a whole', () => {
  const [first, second, third] = [createSoleCopy(), createSoleCopy(), createSoleCopy()];
  const log = [];
  const ends = ['header', 'panel'].map((name) => register(first, name, log));
  const endSecond = ['second header', 'second panel'].map((name) => register(second, name, log));
  register(third, 'third', log);
  ends[0]();
  assert.deepEqual(log.splice(0), ['header begins', 'panel begins', 'header ends']);
  ends[1]();
  ends[1]();
  assert.deepEqual(log.splice(0), ['panel ends', 'second header begins', 'second panel begins']);
  endSecond.forEach((end) => end());
  assert.deepEqual(log, ['second header ends', 'second panel ends', 'third begins']);
});

test('a component that nobody registered keeps the page', () => {
  const [first, second] = [createSoleCopy(), createSoleCopy()];
  const log = [];
  assert.equal(first.keep(), true);
  register(first, 'header', log)();
  register(second, 'second', log);
  assert.deepEqual(log, ['header begins', 'header ends']);
});

test('a copy that cannot begin lets the page go', () => {
  const [first, second] = [createSoleCopy(), createSoleCopy()];
  const fails = () => {
    throw new Error('no CRMContainer');
  };
  assert.throws(() => first.whenOurs(fails), /no CRMContainer/);
  assert.equal(second.keep(), true);
});
