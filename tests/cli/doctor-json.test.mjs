/** `npx flex-glance-cli doctor --json` prints JSON whatever happens. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { environment, unpackPackage } from './package.mjs';

const { home, program, remove, run } = unpackPackage();
after(remove);

for (const [what, args, seen] of [
  ['a flow that is not there', ['--flow', 'no.json'], /^--flow: no\.json cannot be read/],
  ['a flow that is a folder', ['--flow', '.'], /^--flow: \. cannot be read \(EISDIR\)/],
  ['no address', ['--page', 'shop.example'], /^--page: "shop\.example" is no web address/],
  ['an unknown option', ['--url', 'x'], /^Unknown option '--url'/],
  ['an option without its value', ['--page'], /^Option '--page <value>' argument missing/],
  ['a value too many', ['--group-id', '12345', 'teas'], /^Unexpected argument 'teas'/],
  ['a value for --json', ['--json=yes'], /^Option '--json' does not take an argument/],
  ['nothing to look at', [], /^There is nothing to look at/],
  ['an empty token', ['--function', 'http://127.0.0.1:9/', '--token-stdin'], /^--token-stdin: /],
]) {
  test(`a command line with ${what} is told in JSON too`, () => {
    const all = args.includes('--json=yes') ? args : ['--json', ...args];
    const { status, stdout, stderr } = run('doctor', ...all);
    const { examined, count } = JSON.parse(stdout);
    assert.equal(status, 2);
    assert.deepEqual(count, { error: 1, warning: 0, unknown: 0, ok: 0 });
    const [{ check, seen: told, fix }] = examined[0].findings;
    assert.equal(check, 'doctor.command');
    assert.match(told, seen);
    assert.match(fix, /--help tells the options/);
    assert.ok(stderr.includes(told));
  });
}

const CRASHES = {
  'at once': "require('node:http').request = () => { throw new RangeError('s3cret'); };",
  'in a callback':
    "require('node:http').request = () => { setImmediate(() => { throw new RangeError('s3cret'); }); return { on() {}, end() {}, destroy() {} }; };",
  'in a promise that nobody waits for':
    "require('node:http').request = () => { Promise.reject(new RangeError('s3cret')); return { on() {}, end() {}, destroy() {} }; };",
};

for (const [when, crash] of Object.entries(CRASHES)) {
  test(`a check that crashes ${when} is told, and so are the others`, () => {
    const preload = path.join(home, 'crash.cjs');
    writeFileSync(preload, crash);
    const args = ['--require', preload, program, 'doctor', '--json', '--group-id', '12345'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...args, '--page', 'http://127.0.0.1:9/'],
      { cwd: home, env: environment(), encoding: 'utf8' },
    );
    const { examined } = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.equal(examined[0].findings[0].status, 'ok');
    const [{ check, seen }] = examined[1].findings;
    assert.deepEqual([check, seen], ['doctor.fault', 'The doctor itself failed: RangeError.']);
    assert.ok(!(stdout + stderr).includes('s3cret'));
  });
}

test('a report that cannot be written is told as the fault that it is', () => {
  const preload = path.join(home, 'crash.cjs');
  writeFileSync(
    preload,
    "const { stringify } = JSON; let calls = 0; JSON.stringify = (...args) => { if (!calls++) throw new RangeError('x'); return stringify(...args); };",
  );
  const args = ['--require', preload, program, 'doctor', '--json', '--group-id', '12345'];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: home,
    env: environment(),
    encoding: 'utf8',
  });
  const { check, seen } = JSON.parse(stdout).examined.at(-1).findings[0];
  assert.deepEqual([check, seen], ['doctor.fault', 'The doctor itself failed: RangeError.']);
});
