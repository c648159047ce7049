/** Runs `flex-glance doctor` as a user does, and sees to it that it gives nothing away. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

import { ROOT, SECRETS } from './sandbox.mjs';

/** Runs the command; answers {code, report, told}: `told` is all that is not ok, as `check status`. */
export async function doctor(args, { token = '', env } = {}) {
  const program = [`${ROOT}/cli/src/index.mjs`, 'doctor', '--json', ...args];
  if (token) program.push('--token-stdin');
  const child = spawn(process.execPath, program, { env: { ...process.env, ...env } });
  child.stdin.end(token);
  const [stdout, stderr, code] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  for (const secret of [...Object.values(SECRETS), 'iam-test-', '$1$']) {
    assert.ok(!`${stdout}${stderr}`.includes(secret), `${secret} is told`);
  }
  assert.ok(code === 0 || code === 1, `exit code ${code}: ${stderr}`);
  const report = JSON.parse(stdout);
  const findings = report.examined.flatMap((one) => one.findings);
  const faults = findings.filter(({ status }) => status !== 'ok');
  for (const { why, fix } of faults) assert.ok(why && fix);
  const hasError = faults.some(({ status }) => status === 'error');
  assert.equal(code, hasError ? 1 : 0, `exit code ${code}`);
  return { findings, told: faults.map(({ check, status }) => `${check} ${status}`) };
}

async function read(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}
