/** The clock of `flex-glance/testing`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from '../js/import.mjs';

const { createClock } = await importSources('testing/clock.js');

function setUp() {
  const waiting = [];
  const done = [];
  const clock = createClock((work) => waiting.push(work));
  return { clock, waiting, done, note: (what) => () => done.push(what) };
}

test('what is due is done in order as time passes, and nothing else', () => {
  const { clock, done, note } = setUp();
  clock.setTimeout(note('later'), 2000);
  clock.setTimeout(note('sooner'), 1000);
  clock.setTimeout(note('too late'), 3001);
  clock.pass(3000);
  assert.deepEqual(done, ['sooner', 'later']);
});

test('both clocks move on by what has passed', () => {
  const { clock } = setUp();
  const read = () => [clock.Date.now() - Date.now(), clock.performance.now() - performance.now()];
  const before = read();
  clock.pass(60000);
  const after = read();
  after.forEach((ms, at) => assert.equal(Math.round((ms - before[at]) / 1000), 60));
});

test('an interval goes on until it is cleared', () => {
  const { clock, done, note } = setUp();
  const id = clock.setInterval(note('tick'), 1000);
  clock.pass(3500);
  clock.clearInterval(id);
  clock.pass(3500);
  assert.deepEqual(done, ['tick', 'tick', 'tick']);
});

test('a timer that begins another one meanwhile is followed by it', () => {
  const { clock, done, note } = setUp();
  clock.setTimeout(() => clock.setTimeout(note('second'), 500), 1000);
  clock.pass(2000);
  assert.deepEqual(done, ['second']);
});

test('time stops passing as soon as it is enough', () => {
  const { clock, done, note } = setUp();
  clock.setTimeout(note('first'), 1000);
  clock.setTimeout(note('second'), 2000);
  clock.pass(5000, () => done.length > 0);
  assert.deepEqual(done, ['first']);
});

test('a timer without delay is done before the test goes on, unless it was cleared', () => {
  const { clock, waiting, done, note } = setUp();
  clock.setTimeout(note('at once'), 0);
  clock.clearTimeout(clock.setTimeout(note('cleared'), 0));
  waiting.forEach((work) => work());
  assert.deepEqual(done, ['at once']);
});

test('time that passes by itself counts as well', (context) => {
  const real = performance.now();
  let ring;
  context.mock.method(globalThis, 'setTimeout', (work) => {
    ring = work;
    return {};
  });
  const { clock, done, note } = setUp();
  clock.setTimeout(note('due'), 1000);
  clock.arm();
  context.mock.method(performance, 'now', () => real + 60000);
  ring();
  assert.deepEqual(done, ['due']);
});
