/** What plugins are told of sessions, by a page beside others. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { importSources } from './import.mjs';

const { createReports } = await importSources('reports.js');

let page;
let told;
let report;

beforeEach(() => {
  told = [];
  let hear;
  page = {
    isLeading: false,
    leads: () => page.isLeading,
    posted: [],
    post: (message) => page.posted.push(message),
    onPost: (heard) => (hear = heard),
    /** Another page tells. */
    hears: (message) => hear(message),
  };
  const reports = createReports(page);
  report = (kind) =>
    reports.report(kind, (session) => told.push([kind, session.sid]), { sid: 'WR1' });
});

test('the leading page reports at once, and tells the others', () => {
  page.isLeading = true;
  report('start');
  report('end');
  assert.deepEqual(told, [
    ['start', 'WR1'],
    ['end', 'WR1'],
  ]);
  assert.deepEqual(page.posted, [
    { reported: 'start', sid: 'WR1' },
    { reported: 'end', sid: 'WR1' },
  ]);
});

test('what another page has reported, this one does not', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  report('start');
  page.hears({ reported: 'start', sid: 'WR1' });
  context.mock.timers.tick(5_000);
  assert.deepEqual(told, []);
  page.isLeading = true;
  report('start');
  report('end');
  assert.deepEqual(told, [['end', 'WR1']]);
});

test('what the leading page does not report, another one does after a while', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  report('start');
  context.mock.timers.tick(1_900);
  assert.deepEqual(told, []);
  context.mock.timers.tick(200);
  assert.deepEqual(told, [['start', 'WR1']]);
});

test('a session that is over within that while has its start and its end reported', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  report('start');
  context.mock.timers.tick(500);
  report('end');
  context.mock.timers.tick(5_000);
  assert.deepEqual(told, [
    ['start', 'WR1'],
    ['end', 'WR1'],
  ]);
});
