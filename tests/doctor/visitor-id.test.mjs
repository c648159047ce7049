/**
 * Texts that stand for nothing, `undefined`, `null` and their like, name no visitor. In a browser the
 * component finds them; on a visitor's page the doctor does, by the cases of `vectors/visitor_id.json`.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgePage } from '../../src/doctor/judge/page.mjs';
import { tellState, tellVisitor } from '../../src/doctor/judge/visitor.mjs';
import { vectors } from '../vectors.mjs';

const CONVERSATION = `CH${'1'.repeat(32)}`;
const escape = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
const told = (visitor, names = []) => tellVisitor({ visitor: { nothing: [], ...visitor } }, names);

/** What the doctor finds of the script tag's `data-visitorid`. */
function tagged(id) {
  const body = `<script id="glance-cobrowse" src="https://www.glancecdn.net/cobrowse/CobrowseJS.ashx?group=12345&amp;site=production" data-visitorid="${escape(id)}"></script>`;
  const page = { status: 200, url: 'https://shop.example/', headers: {}, body };
  return judgePage(page, {}).find(({ check }) => check === 'visitor.script.visitorid');
}

for (const { given, standsForNothing, why } of vectors('visitor_id')) {
  test(`${JSON.stringify(given)} ${standsForNothing ? 'is no' : 'may be an'} ID: ${why}`, () => {
    const { seen } = tagged(given);
    const isNamed = /is the text "[^]+", which stands for nothing/.test(seen);
    assert.equal(isNamed, standsForNothing, seen);
  });
}

test('the key that the component took is told with its attribute', () => {
  const { status, seen } = told({ attribute: 'glance_visitor_id', key: 'alice-1' });
  assert.deepEqual([status, seen], ['ok', 'glance_visitor_id of the task is "alice-1".']);
});

test('what can be no key is told as the component words it to the agent', () => {
  const problem = 'The task’s channelSid cannot be a session key: not “@”.';
  const { status, seen, fix } = told({ attribute: 'channelSid', problem });
  assert.deepEqual(
    [status, seen],
    ['error', 'The task’s channelSid cannot be a session key: not "@".'],
  );
  assert.match(fix, /^Set channelSid to 1 to 62 letters/);
});

test('a task without a visitor is told, and an attribute that was meant', () => {
  assert.equal(told({}).status, 'warning');
  const { seen, fix } = told({}, ['name', 'visitor']);
  assert.match(seen, /It has "visitor", which is not read/);
  assert.match(fix, /^Rename the attribute "visitor"/);
});

test('without a task nobody can be told', () => {
  const { status, fix } = tellVisitor({}, []);
  assert.equal(status, 'unknown');
  assert.match(fix, /^Select a task/);
});

test('of a task the next attribute counts, and that is told', () => {
  const { status, seen, fix } = told({
    nothing: [['glance_visitor_id', 'undefined']],
    attribute: 'conversationSid',
    key: CONVERSATION,
  });
  assert.equal(status, 'error');
  assert.equal(
    seen,
    `glance_visitor_id of the task is the text "undefined", which stands for nothing. The next counts: conversationSid, "${CONVERSATION}".`,
  );
  assert.match(fix, /^Let the Studio flow set glance_visitor_id to the very ID .+ or leave it out/);
});

test('of a task without another attribute nobody is the visitor', () => {
  const { status, seen } = told({ nothing: [['glance_visitor_id', '{{flow.variables.id}}']] });
  assert.equal(status, 'error');
  assert.match(seen, /\. No other attribute names a visitor\.$/);
});

test('several texts for nothing are named together, and visitorid says how to give nothing', () => {
  const { seen, fix } = told({
    nothing: [
      ['visitorid', 'undefined'],
      ['glance_visitor_id', 'null'],
    ],
    attribute: 'channelSid',
    key: 'CH1',
  });
  assert.match(seen, /^visitorid of the task is the text "undefined", which stands for nothing\./);
  assert.match(seen, /glance_visitor_id is the text "null", which stands for nothing\./);
  assert.match(seen, /The next counts: channelSid, "CH1"\.$/);
  assert.match(fix, /a function of the task.+ undefined itself, not the text/);
});

test('a next attribute that can be no session key is told too', () => {
  const { seen } = told({
    nothing: [['glance_visitor_id', 'null']],
    attribute: 'conversationSid',
    problem: 'It cannot be a session key.',
  });
  assert.match(seen, /The next counts: conversationSid\. It cannot be a session key\.$/);
});

test('the state of the task is told as the component names it', () => {
  const session = { session: 'idle, window blocked', presence: 'presence: online', blocked: true };
  const [{ check, status, seen }] = tellState({ session });
  assert.deepEqual(
    [check, status, seen],
    ['task.state', 'ok', 'idle, window blocked, presence: online.'],
  );
  assert.deepEqual(tellState({}), []);
});
