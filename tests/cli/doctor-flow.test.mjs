/** What the doctor says about a Studio flow. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { judgeFlow } from '../../src/doctor/judge/studio-flow.mjs';

const WORKFLOW = `WW${'0123456789abcdef'.repeat(2)}`;
const CHANNEL = `TC${'fedcba9876543210'.repeat(2)}`;

const shipped = (name) =>
  JSON.parse(readFileSync(new URL(`../../www/studio/${name}.json`, import.meta.url), 'utf8'));

/** A shipped flow with SIDs, and with what `change` does to it. */
function flow(name, change = () => {}) {
  const made = shipped(name);
  const widget = (type) => made.states.find((state) => state.type === type);
  Object.assign(widget('send-to-flex').properties, { workflow: WORKFLOW, channel: CHANNEL });
  change(widget, made);
  return JSON.stringify(made);
}

const attributes = (text) => (widget) => (widget('send-to-flex').properties.attributes = text);
const value = (text) => (widget) => (widget('set-variables').properties.variables[0].value = text);

for (const [what, text, expected] of [
  ['the flow visitor-id', flow('visitor-id'), []],
  ['the flow conversations', flow('conversations'), []],
  ['the flow flex-webchat', flow('flex-webchat'), []],
  [
    'a flow as the API gives it',
    JSON.stringify([{ sid: 'FW0', definition: JSON.parse(flow('visitor-id')) }]),
    [],
  ],
  [
    'an ID without a variable',
    flow(
      'conversations',
      attributes('{"glance_visitor_id": "{{trigger.conversation.ConversationSid}}"}'),
    ),
    [],
  ],

  ['no JSON', 'flow', ['studio.flow error']],
  ['another JSON', '{"states": 1}', ['studio.flow error']],
  ['null', 'null', ['studio.flow error']],
  [
    'a flow that ends at the trigger',
    flow('visitor-id', (widget) => (widget('trigger').transitions = [{ event: 'incomingCall' }])),
    ['studio.send_to_flex error'],
  ],
  [
    'a flow without Send to Flex',
    flow('visitor-id', (widget) => (widget('send-to-flex').type = 'send-message')),
    ['studio.send_to_flex error'],
  ],
  [
    'a flow without a trigger',
    flow('visitor-id', (_, made) => (made.initial_state = 'x')),
    ['studio.send_to_flex error'],
  ],
  [
    'attributes without the ID',
    flow('visitor-id', attributes('{"name": "x"}')),
    ['studio.visitor_id error'],
  ],
  ['no attributes', flow('visitor-id', attributes(undefined)), ['studio.visitor_id error']],
  [
    'a variable that nothing sets',
    flow('visitor-id', (widget) => (widget('trigger').transitions[2].next = 'send_to_flex')),
    ['studio.visitor_id error'],
  ],
  [
    'a variable of another name',
    flow('visitor-id', (widget) => (widget('set-variables').properties.variables[0].key = 'x')),
    ['studio.visitor_id error'],
  ],
  [
    "a legacy chat's ID in a conversation",
    flow('visitor-id', value('{{trigger.message.ChannelSid}}')),
    ['studio.visitor_id error'],
  ],
  [
    "a conversation's ID in a legacy chat",
    flow('flex-webchat', value('{{trigger.conversation.ConversationSid}}')),
    ['studio.visitor_id error'],
  ],
  ['the same ID for all', flow('visitor-id', value('visitor')), ['studio.visitor_id error']],
  [
    'an ID from elsewhere',
    flow('visitor-id', value('{{widgets.lookup.parsed.id}}')),
    ['studio.visitor_id unknown'],
  ],
  ['no SIDs', JSON.stringify(shipped('visitor-id')), ['studio.sids error']],
  [
    'a SID of another kind',
    flow('visitor-id', (widget) => (widget('send-to-flex').properties.channel = WORKFLOW)),
    ['studio.sids error'],
  ],
  [
    'a circle',
    flow(
      'visitor-id',
      (widget) => (widget('set-variables').transitions[0].next = 'set_glance_visitor_id'),
    ),
    ['studio.send_to_flex error'],
  ],
]) {
  test(`${what}: ${expected.join(', ') || 'nothing to tell'}`, () => {
    const findings = judgeFlow(text);
    const told = findings.filter(({ status }) => status !== 'ok');
    assert.deepEqual(
      told.map(({ check, status }) => `${check} ${status}`),
      expected,
    );
    for (const { why, fix, seen } of told) assert.ok(why && fix && seen);
  });
}

test('of two ways to Flex the one that sets no variable is told', () => {
  const text = flow('visitor-id', (widget, made) => {
    widget('trigger').transitions[2].next = 'is_open';
    const transitions = [
      { event: 'noMatch', next: 'send_to_flex' },
      { event: 'match', next: 'set_glance_visitor_id' },
    ];
    made.states.push({ name: 'is_open', type: 'split-based-on', transitions, properties: {} });
  });
  const statuses = judgeFlow(text)
    .filter(({ check }) => check === 'studio.visitor_id')
    .map(({ status }) => status);
  assert.deepEqual(statuses.sort(), ['error', 'ok']);
});

test('a flow of many widgets that all lead to one another comes to an end', () => {
  const text = flow('visitor-id', (widget, made) => {
    widget('trigger').transitions[2].next = 's0';
    const names = Array.from({ length: 40 }, (_, at) => `s${at}`);
    for (const name of names) {
      const variables = [{ key: name, value: '1' }];
      const transitions = names.map((next) => ({ event: 'next', next }));
      made.states.push({ name, type: 'set-variables', properties: { variables }, transitions });
    }
  });
  assert.equal(judgeFlow(text).at(-1).status, 'error');
});
