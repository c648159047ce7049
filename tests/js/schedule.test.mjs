/** When the browser does what waits for a frame. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { importSources } from './import.mjs';

const { browserSchedule } = await importSources('schedule.js');

let frames;

beforeEach(({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  frames = new Map();
  let last = 0;
  globalThis.requestAnimationFrame = (work) => {
    last += 1;
    frames.set(last, work);
    return last;
  };
  globalThis.cancelAnimationFrame = (id) => frames.delete(id);
});

const draw = () => {
  const due = Array.from(frames.values());
  frames.clear();
  due.forEach((work) => work());
};

test('what waits for a frame is done with the frame, once', ({ mock }) => {
  const work = mock.fn();
  browserSchedule.frame(work);
  assert.equal(work.mock.callCount(), 0);
  draw();
  mock.timers.tick(60_000);
  assert.equal(work.mock.callCount(), 1);
});

test('a page in the background has no frames: it is done all the same, once', ({ mock }) => {
  const work = mock.fn();
  browserSchedule.frame(work);
  mock.timers.tick(100);
  assert.equal(work.mock.callCount(), 1);
  draw();
  assert.equal(work.mock.callCount(), 1);
});

test('what is cancelled is done neither way', ({ mock }) => {
  const work = mock.fn();
  browserSchedule.frame(work)();
  draw();
  mock.timers.tick(60_000);
  assert.equal(work.mock.callCount(), 0);
});
