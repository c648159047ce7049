/** `npx flex-glance-cli studio`, from the packed package. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { unpackPackage } from './package.mjs';

const WORKFLOW = `WW${'0123456789abcdef'.repeat(2)}`;
const CHANNEL = `TC${'fedcba9876543210'.repeat(2)}`;
const SIDS = ['--workflow', WORKFLOW, '--channel', CHANNEL];
const FLOWS = ['flex-webchat', 'conversations', 'visitor-id'];

const { home, program, remove, run } = unpackPackage();
after(remove);

const shipped = (name) =>
  JSON.parse(readFileSync(new URL(`../../www/studio/${name}.json`, import.meta.url), 'utf8'));

/** The flow as shipped, with the account's SIDs in its Send to Flex widget. */
function filled(name) {
  const flow = shipped(name);
  const widget = flow.states.find(({ type }) => type === 'send-to-flex');
  widget.properties.workflow = WORKFLOW;
  widget.properties.channel = CHANNEL;
  return flow;
}

for (const name of FLOWS) {
  test(`prints the flow ${name} with the account's SIDs and nothing else changed`, () => {
    const { status, stdout, stderr } = run('studio', ...SIDS, '--flow', name);
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), filled(name));
  });
}

test('makes the flow visitor-id unless told otherwise', () => {
  assert.deepEqual(JSON.parse(run('studio', ...SIDS).stdout), filled('visitor-id'));
});

test('writes the flow to a file, over an older one, and says so', () => {
  for (const name of FLOWS) {
    const { status, stdout, stderr } = run('studio', ...SIDS, '--flow', name, '--out', 'flow.json');
    assert.deepEqual([status, stdout], [0, '']);
    assert.match(stderr, /flow\.json/);
    const written = readFileSync(path.join(home, 'flow.json'), 'utf8');
    assert.deepEqual(JSON.parse(written), filled(name));
  }
});

test('a file that cannot be written is a failure that names it', () => {
  const { status, stdout, stderr } = run('studio', ...SIDS, '--out', 'missing/flow.json');
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^--out: missing\/flow\.json cannot be written \(ENOENT\)\. Name a file/);
});

for (const [what, args, expected] of [
  ['a missing workflow', ['--channel', CHANNEL], /^--workflow is missing.*WW and 32 hex/],
  ['a missing task channel', ['--workflow', WORKFLOW], /^--channel is missing.*TC and 32 hex/],
  ['exchanged SIDs', ['--workflow', CHANNEL, '--channel', WORKFLOW], /^--workflow: "TC.*WW and 32/],
  [
    'a short SID',
    [...SIDS, '--channel', 'TC12'],
    /^--channel: "TC12" is not its SID\. It takes TC/,
  ],
  ['a SID with a line break', [...SIDS, '--workflow', `${WORKFLOW}\n`], /^--workflow: /],
  [
    'an unknown flow',
    [...SIDS, '--flow', 'sms'],
    /^--flow: there is no "sms"\. Use .*conversations/,
  ],
  ['a flow that is a path', [...SIDS, '--flow', '../../package'], /^--flow: there is no/],
  ['an inherited name', [...SIDS, '--flow', 'toString'], /^--flow: there is no "toString"/],
  ['an empty file name', [...SIDS, '--out', ''], /^--out is empty/],
  ['an unknown option', [...SIDS, '--file', 'x'], /^Unknown option '--file'\.\n/],
  ['an option without its value', ['--workflow'], /--workflow.* argument missing\.\n/],
  ['an option for a value', ['--out', '--flow'], /^Option '--out' argument is ambiguous\.\n/],
  ['an argument too many', [...SIDS, 'flow.json'], /^Unexpected argument 'flow\.json'\.\n/],
]) {
  test(`${what} is refused with a way out`, () => {
    const { status, stdout, stderr } = run('studio', ...args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, expected);
    assert.match(stderr, /npx flex-glance-cli studio --help tells the options\.\n$/);
    assert.equal(existsSync(path.join(home, 'x')), false);
  });
}

test('help is to be had at both levels', () => {
  for (const flag of ['--help', '-h']) {
    const { status, stdout, stderr } = run(flag);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^Usage: npx flex-glance-cli <command>/);
    assert.match(stdout, /^ {2}studio +\S/m);

    const command = run('studio', flag);
    assert.deepEqual([command.status, command.stderr], [0, '']);
    for (const option of ['--workflow', '--channel', '--flow', '--out', ...FLOWS]) {
      assert.ok(command.stdout.includes(option), option);
    }
  }
});

test('no command, or an unknown one, is answered with the commands there are', () => {
  const none = run();
  assert.deepEqual([none.status, none.stdout], [2, '']);
  assert.match(none.stderr, /^Usage: npx flex-glance-cli <command>/);
  for (const name of ['studios', 'constructor', '--verbose']) {
    const { status, stdout, stderr } = run(name);
    assert.deepEqual([status, stdout], [2, '']);
    assert.ok(stderr.startsWith(`There is no command "${name}".`), stderr);
    assert.match(stderr, /^ {2}studio +\S/m);
  }
});

test('what the guide has an administrator copy by hand is what the flows hold', () => {
  const guide = readFileSync(new URL('../../docs/studio.md', import.meta.url), 'utf8');
  const templates = [...guide.matchAll(/```liquid\n([^`]+)\n *```/g)].map(([, text]) =>
    text.trim(),
  );
  const [attribute, ...values] = templates.reverse();
  const set = FLOWS.map((name) => shipped(name).states[1].properties.variables[0].value);
  assert.deepEqual(values.reverse(), set);
  for (const name of FLOWS) {
    assert.ok(shipped(name).states[2].properties.attributes.includes(attribute), name);
  }
});

test('the program names its interpreter, as npx needs it', () => {
  assert.ok(readFileSync(program, 'utf8').startsWith('#!/usr/bin/env node\n'));
});
