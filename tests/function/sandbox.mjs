/**
 * The parties of these tests: the sandbox with its IAM stand-in, and `twilio-run` with settings of
 * a test's own. Both are the real programs; SANDBOX_BIN names another binary than the debug build.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What no answer and no log may hold: the sandbox's own secrets (sandbox/src/common/account.rs). */
export const SECRETS = {
  GLANCE_API_KEY: 'sandbox-glance-api-key',
  AUTH_TOKEN: 'sandbox-twilio-auth-token',
};

export const ACCOUNT_SID = 'AC00000000000000000000000000000000';
export const GROUP_ID = '20541';
export const IDENTITY = 'maria_40example_2Ecom';

/** Settings with which the Function works, and asks the sandbox's IAM. */
export const SETTINGS = {
  ...SECRETS,
  ACCOUNT_SID,
  GLANCE_GROUP_ID: GROUP_ID,
  GLANCE_EXPIRATION: '3600',
};

const hex = (text) => Buffer.from(text).toString('hex');

/** Tokens that the IAM stand-in understands by themselves; see sandbox/src/function/iam.rs. */
export const tokens = {
  /** The verdict of this identity. */
  as: (identity) => `iam-test-as-${hex(identity)}`,
  /** The agent's verdict with these members. */
  with: (members) => `iam-test-with-${hex(JSON.stringify(members))}`,
  /** This status and body in place of a verdict. */
  says: (status, body) =>
    `iam-test-says-${status}-${hex(typeof body === 'string' ? body : JSON.stringify(body))}`,
};

/** Starts the sandbox; `stop` ends it and waits until it has. */
export async function startSandbox() {
  const binary = process.env.SANDBOX_BIN ?? `${ROOT}/target/debug/sandbox`;
  const child = spawn(binary, ['--port', '0', '--root', ROOT, '--until-stdin-closes'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log = collect(child.stderr);
  const landing = await lineAfter(child, 'ready ', log);
  const origins = await (await fetch(new URL('sandbox.json', landing))).json();
  const control = `${origins.landing}/control/scenario`;
  return {
    pid: child.pid,
    log,
    origins,
    url: `${origins.function}/getloginkey`,
    scenario: (switches) =>
      fetch(control, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(switches),
      }),
    reset: () => fetch(control, { method: 'DELETE' }),
    kill: () => ended(child, () => child.kill('SIGKILL')),
    stop: () => ended(child, () => child.stdin.end()),
  };
}

/**
 * Starts `twilio-run` with these environment variables, its IAM being the sandbox's. It serves
 * `functions/`, or another project of the Serverless Toolkit, with the settings in that one's .env.
 * One process answers all requests, as at Twilio; the sandbox's own has a new one for each.
 * FUNCTION_NODE names another Node.js to run it.
 */
export async function startFunction(
  sandbox,
  env,
  { cwd, folder = '.', dotenv = '/dev/null' } = {},
) {
  const args = [`${ROOT}/node_modules/twilio-run/bin/twilio-run.js`, 'start'];
  args.push('--cwd', cwd ?? `${ROOT}/functions`, '--functions-folder', folder, '--port', '0');
  args.push(
    '--no-logs',
    '--no-live',
    '--no-fork-process',
    '--env',
    dotenv,
    '--load-local-env',
    '--log-level',
    'error',
  );
  const child = spawn(process.env.FUNCTION_NODE ?? process.execPath, args, {
    cwd: cwd ?? ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...sandboxed(sandbox), ...env },
  });
  const log = collect(child.stderr);
  const port = await lineAfter(child, 'listening on ', log);
  const origin = `http://127.0.0.1:${port}`;
  return {
    log,
    origin,
    url: `${origin}/getloginkey`,
    stop: () => ended(child, () => child.stdin.end()),
  };
}

/**
 * Variables that keep `twilio-run` on this machine and lead it to the sandbox's IAM; with
 * FUNCTION_WITHOUT set, in a process that lacks what an older Node.js lacks.
 */
export const sandboxed = (sandbox) => ({
  NODE_OPTIONS: [
    `--require ${ROOT}/sandbox/function/loopback.cjs`,
    ...(process.env.FUNCTION_WITHOUT ? [`--require ${ROOT}/tests/function/old-runtime.cjs`] : []),
  ].join(' '),
  SANDBOX_IAM: `${sandbox.origins.function}/iam`,
});

/**
 * Posts a form and answers {status, headers, text, body}; body is the JSON, if it is JSON. No answer
 * may hold a secret, whatever the test is about.
 */
export async function post(url, form, { origin, ...init } = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    ...init,
    headers: { ...(origin && { origin }), ...init.headers },
  });
  const text = await response.text();
  const answer = `${JSON.stringify([...response.headers])} ${text}`;
  for (const secret of Object.values(SECRETS)) {
    assert.ok(!answer.includes(secret), 'a secret is in the answer');
  }
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const { status, headers } = response;
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** Waits until a condition holds, ten seconds at most. */
export async function until(condition, what) {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `after ten seconds still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function collect(stream) {
  const log = { text: '' };
  stream.setEncoding('utf8').on('data', (data) => (log.text += data));
  return log;
}

/** What follows `start` on the first line of standard output that begins with it. */
async function lineAfter(child, start, log) {
  // Nobody reads the rest, and a full pipe would stop the child.
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => line.startsWith(start) && resolve(line.slice(start.length)));
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`it ended before it was ready: ${log.text}`)));
  });
}

function ended(child, end) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    end();
  });
}
