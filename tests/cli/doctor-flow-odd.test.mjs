/** Whatever is in a Studio flow's file, the doctor says what is odd about it, and goes on. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { judgeFlow } from '../../src/doctor/judge/studio-flow.mjs';

const shipped = new URL('../../www/studio/visitor-id.json', import.meta.url);

/** A shipped flow with SIDs, and with what `change` does to it. */
function flow(change) {
  const made = JSON.parse(readFileSync(shipped, 'utf8'));
  const state = (type) => made.states.find((one) => one.type === type);
  const flex = state('send-to-flex').properties;
  Object.assign(flex, { workflow: `WW${'1'.repeat(32)}`, channel: `TC${'2'.repeat(32)}` });
  change({
    made,
    trigger: state('trigger'),
    setting: state('set-variables'),
    flex: state('send-to-flex'),
  });
  return JSON.stringify(made);
}

/** What JSON can hold in place of anything else. */
const ODD = [
  null,
  true,
  false,
  0,
  -1.5,
  '',
  'text',
  [],
  [null],
  [[[]]],
  {},
  { toString: 1, valueOf: 1 },
  { length: 3 },
  JSON.parse('{"__proto__": {"states": []}, "constructor": null}'),
];

const errors = (findings) => findings.filter(({ status }) => status === 'error');

for (const [what, text, seen] of [
  ['no JSON', 'flow', /is no JSON/],
  ['nothing', '', /is empty/],
  ['null', 'null', /JSON of null/],
  ['a number', '5', /JSON of a number/],
  ['a text', '"flow"', /JSON of a text/],
  ['an empty array', '[]', /JSON of an empty array/],
  ['an array of arrays', '[[]]', /JSON of an array in an array|JSON of an empty array/],
  ['no states', '{}', /has no states/],
  ['states that are a number', '{"states": 1}', /states is a number, not an array/],
  ['a definition that is null', '[{"definition": null}]', /has no states/],
  ['no initial_state', '{"states": []}', /has no initial_state/],
  [
    'an initial_state that is an object',
    '{"states": [], "initial_state": {}}',
    /initial_state is an object, not a text/,
  ],
]) {
  test(`a file that holds ${what}: what is odd is named`, () => {
    const findings = judgeFlow(text);
    assert.deepEqual(
      findings.map(({ check }) => check),
      ['studio.flow'],
    );
    assert.equal(findings[0].status, 'error');
    assert.match(findings[0].seen, seen);
  });
}

for (const [what, change, seen] of [
  [
    'a state that is null',
    ({ made }) => made.states.push(null),
    /states\[\d+\] is null, not an object/,
  ],
  [
    'a state without a name',
    ({ made }) => made.states.push({ type: 'x' }),
    /states\[\d+\] has no name/,
  ],
  [
    'a name that is an object',
    ({ setting }) => (setting.name = {}),
    /states\[\d+\]\.name is an object, not a text/,
  ],
  [
    'a type that is an array',
    ({ flex }) => (flex.type = []),
    /states\[\d+\]\.type is an array, not a text/,
  ],
  [
    'transitions that are null',
    ({ setting }) => (setting.transitions = null),
    /states\[\d+\]\.transitions is null, not an array/,
  ],
  [
    'transitions that are an object',
    ({ trigger }) => (trigger.transitions = {}),
    /states\[\d+\]\.transitions is an object, not an array/,
  ],
  [
    'a transition that is null',
    ({ trigger }) => trigger.transitions.unshift(null),
    /states\[\d+\]\.transitions\[0\] is null, not an object/,
  ],
  [
    'a next that is a number',
    ({ trigger }) => (trigger.transitions[0].next = 5),
    /transitions\[0\]\.next is a number, not a text/,
  ],
  [
    'properties that are null',
    ({ setting }) => (setting.properties = null),
    /states\[\d+\]\.properties is null, not an object/,
  ],
  [
    'variables that are an object',
    ({ setting }) => (setting.properties.variables = {}),
    /properties\.variables is an object, not an array/,
  ],
  [
    'a variable that is null',
    ({ setting }) => setting.properties.variables.unshift(null),
    /properties\.variables\[0\] is null, not an object/,
  ],
  [
    'a key that is an object',
    ({ setting }) => (setting.properties.variables[0].key = {}),
    /variables\[0\]\.key is an object, not a text/,
  ],
  [
    'a value that is an object',
    ({ setting }) => (setting.properties.variables[0].value = { toString: 1 }),
    /variables\[0\]\.value is an object, not a text/,
  ],
]) {
  test(`a flow with ${what}: it is named by its place`, () => {
    const [first, ...rest] = judgeFlow(flow(change));
    assert.deepEqual([first.check, first.status], ['studio.flow', 'error']);
    assert.match(first.seen, seen);
    assert.ok(first.fix);
    assert.ok(rest.every(({ check }) => check !== 'studio.flow'));
  });
}

test('attributes that are no text are named', () => {
  const findings = judgeFlow(flow(({ flex }) => (flex.properties.attributes = { name: 'x' })));
  const [wrong] = errors(findings);
  assert.equal(wrong.check, 'studio.visitor_id');
  assert.match(wrong.seen, /attributes of "send_to_flex" are an object, not a text/);
});

test('what is not odd is judged all the same', () => {
  const findings = judgeFlow(flow(({ made }) => made.states.push(null)));
  const checks = findings.map(({ check, status }) => `${check} ${status}`);
  assert.ok(checks.includes('studio.visitor_id ok'), checks.join());
});

test('of many odd places a few are named, and the rest counted', () => {
  const findings = judgeFlow(flow(({ made }) => made.states.push(...Array(100).fill(null))));
  assert.match(findings[0].seen, /and 95 more/);
  assert.ok(findings[0].seen.length < 500);
});

/** Every place in a JSON value, as a function that puts another value there. */
function* places(value, put) {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    yield (odd) => (value[key] = odd);
    yield* places(value[key], put);
  }
}

test('any JSON at any place of a flow ends in findings', () => {
  const count = [...places(JSON.parse(flow(() => {})))].length;
  assert.ok(count > 30, `${count} places`);
  for (let at = 0; at < count; at += 1) {
    for (const odd of ODD) {
      const made = JSON.parse(flow(() => {}));
      [...places(made)][at](odd);
      for (const root of [
        made,
        [made],
        { definition: made },
        [{ definition: made }],
        { definition: [made] },
      ]) {
        const findings = judgeFlow(JSON.stringify(root));
        assert.ok(findings.length > 0);
        for (const { check, seen, why } of findings) assert.ok(check && seen && why);
      }
    }
  }
});

test('any JSON in place of a flow is told', () => {
  for (const odd of ODD) {
    for (const root of [odd, [odd], { definition: odd }, { states: odd, initial_state: odd }]) {
      assert.ok(errors(judgeFlow(JSON.stringify(root))).length > 0, JSON.stringify(root));
    }
  }
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  assert.ok(errors(judgeFlow(deep)).length > 0);
  assert.ok(
    errors(judgeFlow(`{"initial_state":"a","states":[{"name":"a","transitions":${deep}}]}`))
      .length > 0,
  );
});

test('a byte order mark does not make a flow odd', () => {
  assert.deepEqual(errors(judgeFlow(`\ufeff${flow(() => {})}`)), []);
});
