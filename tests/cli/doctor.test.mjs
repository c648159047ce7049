/** `npx flex-glance-cli doctor`, from the packed package: its command line and its report. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { examined } from '../../cli/src/doctor/examined.mjs';
import { unpackPackage } from './package.mjs';

const { home, program, remove, run } = unpackPackage();
after(remove);

const SIDS = ['--workflow', `WW${'1'.repeat(32)}`, '--channel', `TC${'2'.repeat(32)}`];
run('studio', ...SIDS, '--out', 'flow.json');
writeFileSync(path.join(home, 'empty.json'), '{}');

test('tells its options, and that a token is none', () => {
  const { status, stdout, stderr } = run('doctor', '--help');
  assert.deepEqual([status, stderr], [0, '']);
  for (const option of [
    '--function',
    '--page',
    '--flow',
    '--group-id',
    '--host',
    '--origin',
    '--json',
  ]) {
    assert.ok(stdout.includes(`  ${option} `), option);
  }
  assert.match(stdout, /The token is no option/);
  assert.equal(run('doctor', '--token', 'x').status, 2);
});

test('with nothing to look at it tells its options and exits with 2', () => {
  const { status, stdout, stderr } = run('doctor');
  assert.deepEqual([status, stdout], [2, '']);
  assert.match(stderr, /^Usage: npx flex-glance-cli doctor/);
  for (const args of [
    ['--json'],
    ['--origin', 'https://flex.example'],
    ['--partner-user-id', 'x'],
  ]) {
    const { status, stderr } = run('doctor', ...args);
    assert.equal(status, 2, args[0]);
    assert.match(stderr, /^There is nothing to look at\. Give --function/);
  }
});

for (const [what, args, expected] of [
  [
    'a Function without scheme',
    ['--function', 'x.twil.io/y'],
    /^--function: "x.twil.io\/y" is no web/,
  ],
  ['a page that is a file', ['--page', 'file:///etc/passwd'], /^--page: .* no web address/],
  [
    'a flow that is not there',
    ['--flow', 'no.json'],
    /^--flow: no\.json cannot be read \(ENOENT\)/,
  ],
  ['an origin without scheme', ['--origin', 'flex.twilio.com'], /^--origin: .* no origin/],
  ['a host without a name', ['--host', 'glance.example'], /^--host: .* web, cdn, presence/],
  ['a host of another name', ['--host', 'toString=x'], /^--host: /],
  ['a token for nothing', ['--token-stdin', '--group-id', '1'], /^--token-stdin: .*--function/],
  ['an unknown option', ['--url', 'x'], /^Unknown option '--url'/],
]) {
  test(`${what} is refused with a way out`, () => {
    const { status, stdout, stderr } = run('doctor', ...args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, expected);
    assert.match(stderr, /npx flex-glance-cli doctor --help tells the options\.\n$/);
  });
}

test('what is piped in has to be a token', () => {
  const args = [program, 'doctor', '--function', 'http://127.0.0.1:9/', '--token-stdin'];
  for (const input of ['', ' \n', 'two words', 'é']) {
    const { status, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
    assert.equal(status, 2, input);
    assert.match(stderr, /--token-stdin: standard input holds no Flex token/);
  }
});

test('a report without errors exits with 0, one with errors with 1', () => {
  const good = run('doctor', '--flow', 'flow.json', '--group-id', '12345');
  assert.deepEqual([good.status, good.stderr], [0, '']);
  assert.match(good.stdout, /\n0 error, 0 warning, 0 unknown, 5 ok\n$/);

  const warned = run('doctor', '--group-id', '72');
  assert.equal(warned.status, 0);
  assert.match(warned.stdout, /WARNING +settings\.groupid/);

  assert.equal(run('doctor', '--flow', 'flow.json', '--flow', 'empty.json').status, 1);
});

test('a fault is told with what was seen, why it matters and what to do', () => {
  const { stdout } = run('doctor', '--group-id', 'abc');
  assert.equal(
    stdout,
    `Settings
  ERROR    settings.groupid
           Seen: groupid is "abc".
           Why: Glance admits agents to the sessions of one group, and login keys are signed for it.
           Fix: Set groupid to the Group ID in the Glance portal, a positive whole number such as 12345.

1 error, 0 warning, 0 unknown, 0 ok
`,
  );
});

test('programs get the same as JSON, each subject with its findings', () => {
  const { status, stdout } = run('doctor', '--json', '--flow', 'flow.json', '--flow', 'empty.json');
  assert.equal(status, 1);
  const { examined, count } = JSON.parse(stdout);
  assert.deepEqual(
    examined.map(({ subject }) => subject),
    ['Studio flow flow.json', 'Studio flow empty.json'],
  );
  assert.deepEqual(count, { error: 1, warning: 0, unknown: 0, ok: 4 });
  assert.deepEqual(Object.keys(examined[1].findings[0]), ['check', 'status', 'seen', 'why', 'fix']);
});

test('an odd flow ends no report: each file is told, and what is odd about it', () => {
  const odd = { 'null.json': 'null', 'states.json': '{"initial_state":"a","states":[null]}' };
  for (const [file, text] of Object.entries(odd)) writeFileSync(path.join(home, file), text);
  const flows = [...Object.keys(odd), 'flow.json'].flatMap((file) => ['--flow', file]);
  const { status, stdout, stderr } = run('doctor', '--json', ...flows);
  assert.deepEqual([status, stderr], [1, '']);
  const { examined, count } = JSON.parse(stdout);
  assert.equal(count.error, 2);
  const seen = examined.slice(0, 2).map(({ findings }) => findings[0].seen);
  assert.match(seen.join(), /JSON of null.+states\[0\] is null, not an object/);
  assert.equal(examined.length, 3);
});

test('a flow as Windows PowerShell writes it is read', () => {
  const text = readFileSync(path.join(home, 'flow.json'), 'utf8');
  writeFileSync(path.join(home, 'utf16.json'), `\ufeff${text}`, 'utf16le');
  writeFileSync(path.join(home, 'utf8.json'), `\ufeff${text}`);
  const { status, stdout } = run('doctor', '--flow', 'utf16.json', '--flow', 'utf8.json');
  assert.equal(status, 0, stdout);
});

test('a judge that fails is a finding of its own, and names no more than its error', async () => {
  const told = await examined('Page', () => {
    throw new TypeError('secret');
  });
  assert.equal(told.subject, 'Page');
  const [{ check, status, seen }] = told.findings;
  assert.deepEqual([check, status], ['doctor.fault', 'error']);
  assert.equal(seen, 'The doctor itself failed: TypeError.');
});

test('progress is told on standard error alone', () => {
  const { status, stdout, stderr } = run('doctor', '--function', 'http://127.0.0.1:9/x', '--json');
  assert.equal(status, 1);
  assert.equal(stderr, 'Asking http://127.0.0.1:9/x …\n');
  const [{ findings }] = JSON.parse(stdout).examined;
  assert.match(findings.at(-1).seen, /ECONNREFUSED/);
});
