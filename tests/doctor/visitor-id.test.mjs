/**
 * The doctor names texts that stand for nothing: `undefined`, `null` and their like. Which they are is
 * in `vectors/visitor_id.json`, which core and `flex-glance/visitor` run as well.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgePage } from '../../src/doctor/judge/page.mjs';
import { judgeProps } from '../../src/doctor/judge/props.mjs';
import { judgeVisitor } from '../../src/doctor/judge/visitor.mjs';
import { vectors } from '../vectors.mjs';

const task = (attributes, visitorid) =>
  judgeVisitor({ visitorid, attributes, names: Object.keys(attributes) });
const CONVERSATION = `CH${'1'.repeat(32)}`;
const escape = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

/** What the doctor finds of the script tag's `data-visitorid`. */
function tagged(id) {
  const body = `<script id="glance-cobrowse" src="https://www.glancecdn.net/cobrowse/CobrowseJS.ashx?group=12345&amp;site=production" data-visitorid="${escape(id)}"></script>`;
  const page = { status: 200, url: 'https://shop.example/', headers: {}, body };
  return judgePage(page, {}).find(({ check }) => check === 'visitor.script.visitorid');
}

for (const { given, standsForNothing, why } of vectors('visitor_id')) {
  test(`${JSON.stringify(given)} ${standsForNothing ? 'is no' : 'may be an'} ID: ${why}`, () => {
    const texts = [
      task({ glance_visitor_id: given }),
      task({}, given),
      tagged(given),
      ...judgeProps({ puid: 'maria', visitorid: given }),
    ].map(({ seen }) => seen);
    for (const seen of texts) {
      const isNamed = /is the text "[^]+", which stands for nothing/.test(seen);
      assert.equal(isNamed, standsForNothing, seen);
    }
  });
}

test('of a task the next attribute counts, and that is told', () => {
  const { status, seen, fix } = task({
    glance_visitor_id: 'undefined',
    conversationSid: CONVERSATION,
  });
  assert.equal(status, 'error');
  assert.equal(
    seen,
    `glance_visitor_id of the task is the text "undefined", which stands for nothing. The next counts: conversationSid, "${CONVERSATION}".`,
  );
  assert.match(fix, /^Let the Studio flow set glance_visitor_id to the very ID .+ or leave it out/);
});

test('of a task without another attribute nobody is the visitor', () => {
  const { status, seen } = task({ glance_visitor_id: '{{flow.variables.id}}' });
  assert.equal(status, 'error');
  assert.match(seen, /\. No other attribute names a visitor\.$/);
});

test('several texts for nothing are named together', () => {
  const { seen } = task({ glance_visitor_id: 'null', channelSid: 'CH1' }, 'undefined');
  assert.match(seen, /^visitorid of the task is the text "undefined", which stands for nothing\./);
  assert.match(seen, /glance_visitor_id is the text "null", which stands for nothing\./);
  assert.match(seen, /The next counts: channelSid, "CH1"\.$/);
});

test('a next attribute that can be no session key is told too', () => {
  const { seen } = task({ glance_visitor_id: 'null', conversationSid: 'Jenny & Co' });
  assert.match(seen, /The next counts: conversationSid, which cannot be a session key: it has the/);
});

test('the prop visitorid names the function to write', () => {
  const [{ check, status, fix }] = judgeProps({ puid: 'maria', visitorid: 'undefined' });
  assert.deepEqual([check, status], ['settings.visitorid', 'error']);
  assert.match(fix, /a function of the task/);
});

test('what visitorid gives for a task says how to give nothing', () => {
  const { fix } = task({}, 'undefined');
  assert.match(fix, /visitorid.+ undefined itself, not the text/);
});
