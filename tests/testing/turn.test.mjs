/** The order in which `flex-glance/testing` does the instance's work. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from '../js/import.mjs';

const { createTurn } = await importSources('testing/turn.js');

function setUp(parts = {}) {
  const done = [];
  const note = (what) => () => done.push(what);
  const turn = createTurn({ before() {}, after() {}, finish() {}, ...parts });
  return { turn, done, note };
}

test('what is left for later is done when the outermost call returns', () => {
  const { turn, done, note } = setUp();
  turn.run(() => {
    turn.later(note('later'));
    turn.run(note('inner'));
    done.push('outer');
  });
  assert.deepEqual(done, ['inner', 'outer', 'later']);
});

test('what is left for later meanwhile is done too', () => {
  const { turn, done, note } = setUp();
  turn.run(() => turn.later(() => turn.run(() => turn.later(note('at last')))));
  assert.deepEqual(done, ['at last']);
});

test('a promise settles in this order', () => {
  const { turn, done, note } = setUp();
  turn.run(() => {
    turn.promise((resolve) => resolve('given')).then((value) => done.push(value));
    turn.later(note('after it'));
  });
  assert.deepEqual(done, ['given', 'after it']);
});

test('whoever finishes may run the instance again, and is not called for that', () => {
  const done = [];
  const { turn } = setUp({
    before: () => done.push('before'),
    after: () => done.push('after'),
    finish() {
      done.push('finish');
      turn.run(() => done.push('again'));
    },
  });
  turn.run(() => done.push('work'));
  assert.deepEqual(done, ['before', 'work', 'after', 'finish', 'before', 'again', 'after']);
});

test('a call that throws ends like any other', () => {
  const { turn, done, note } = setUp();
  const failing = () => {
    turn.later(note('later'));
    throw new Error('a trap');
  };
  assert.throws(() => turn.run(failing), /a trap/);
  turn.run(note('next'));
  assert.deepEqual(done, ['later', 'next']);
});
