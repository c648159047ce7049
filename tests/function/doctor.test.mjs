/**
 * `flex-glance doctor` and the login-key Function: each fault, made in the sandbox, is told by its
 * finding and no other.
 */

import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { doctor } from './doctor-command.mjs';
import {
  GROUP_ID,
  IDENTITY,
  ROOT,
  SETTINGS,
  startFunction,
  startSandbox,
  tokens,
} from './sandbox.mjs';

const TOKEN = 'iam-test-agent';

let sandbox;
let origin;
/** Answers as it is told to: `elsewhere(handler)` is its address. */
let elsewhere;
let server;
let slow;

before(async () => {
  sandbox = await startSandbox();
  // twilio-run takes its time to start, and the doctor waits for nobody longer than an agent would.
  await fetch(sandbox.url, { method: 'POST' });
  origin = sandbox.origins.desktop;
  server = http.createServer((request, response) => server.answer(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  elsewhere = (answer) => {
    server.answer = answer;
    return `http://127.0.0.1:${server.address().port}/getloginkey`;
  };
  // It takes its fifteen seconds while other tests run.
  const silent = http.createServer(() => {});
  await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
  slow = examine(`http://127.0.0.1:${silent.address().port}/getloginkey`).finally(() => {
    silent.closeAllConnections();
    silent.close();
  });
});

afterEach(() => sandbox.reset());

after(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.stop();
});

function examine(url, { token = TOKEN, args = [], env } = {}) {
  const usual = ['--function', url, '--origin', origin, '--partner-user-id', IDENTITY];
  return doctor([...usual, '--group-id', GROUP_ID, ...args], { token, env });
}

test('nothing is wrong with the sandbox', async () => {
  const { findings, told } = await examine(sandbox.url);
  assert.deepEqual(told, []);
  assert.deepEqual(
    findings.map(({ check }) => check),
    [
      'settings.groupid',
      'settings.authurl',
      'function.reachable',
      'function.cors',
      'function.token',
      'function.api_key_exposed',
      'function.reply',
      'function.groupid',
      'key.form',
      'key.expired',
      'key.lifetime',
      'clock.skew',
      'identity.match',
    ],
  );
});

test('without a Flex token all but the login key is looked at', async () => {
  const { findings, told } = await doctor(['--function', sandbox.url, '--origin', origin]);
  assert.deepEqual(told, ['function.reply unknown']);
  const good = findings.filter(({ status }) => status === 'ok').map(({ check }) => check);
  assert.deepEqual(good.slice(1), [
    'function.reachable',
    'function.cors',
    'function.settings',
    'function.token',
  ]);
});

test('the token may come in the environment', async () => {
  const args = ['--function', sandbox.url, '--origin', origin];
  assert.deepEqual((await doctor(args, { env: { FLEX_TOKEN: TOKEN } })).told, []);
});

for (const [what, scenario, expected] of [
  ["the published validator's refusal", { function: 'forbidden' }, 'function.token error'],
  ['a setting that is missing', { function: 'error' }, 'function.settings error'],
  ['an answer that is a page', { function: 'garbage' }, 'function.reply error'],
  ['a closed connection', { function: 'down' }, 'function.reachable error'],
  ['an expired login key', { login_key: 'expired' }, 'key.expired error'],
]) {
  test(`${what} is told, and nothing else`, async () => {
    await sandbox.scenario(scenario);
    assert.deepEqual((await examine(sandbox.url)).told, [expected]);
  });
}

for (const [what, token, expected] of [
  ['a token that Twilio refuses', 'wrong', 'function.token error'],
  ['no answer of Twilio', 'iam-test-hang', 'function.validator error'],
  ['a broken connection to Twilio', 'iam-test-drop', 'function.validator error'],
  ["Twilio's page in place of a verdict", 'iam-test-html', 'function.validator error'],
  ["Twilio's limit", 'iam-test-busy', 'function.validator error'],
  ["credentials that are not the account's", 'iam-test-credentials', 'function.settings error'],
  ["somebody else's token", tokens.as('bob'), 'identity.match error'],
]) {
  test(`${what}: told, and nothing else`, async () => {
    assert.deepEqual((await examine(sandbox.url, { token })).told, [expected]);
  });
}

for (const [what, args, expected] of [
  ['another origin', ['--origin', 'https://flex.twilio.com'], 'function.cors error'],
  ['another group', ['--group-id', '12345'], 'function.groupid error'],
  ['another agent', ['--partner-user-id', 'bob_40example_2Ecom'], 'identity.match error'],
]) {
  test(`${what} than the Function's: told, and nothing else`, async () => {
    assert.deepEqual((await examine(sandbox.url, { args })).told, [expected]);
  });
}

test('a clock that is an hour ahead is told, and the login key is good all the same', async () => {
  const ahead = 'const%20now=Date.now;Date.now=()=>now()+36e5';
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${ahead}` };
  assert.deepEqual((await examine(sandbox.url, { env })).told, ['clock.skew warning']);
});

for (const [what, env, expected, variable] of [
  ['without an API key', { GLANCE_API_KEY: '' }, ['function.settings error'], 'GLANCE_API_KEY'],
  [
    'with a group of letters',
    { GLANCE_GROUP_ID: 'x' },
    ['function.settings error'],
    'GLANCE_GROUP_ID',
  ],
  [
    'with hours for seconds',
    { GLANCE_EXPIRATION: '1h' },
    ['function.settings error'],
    'GLANCE_EXPIRATION',
  ],
  [
    'with keys for two days',
    { GLANCE_EXPIRATION: '99999' },
    ['function.settings error'],
    'GLANCE_EXPIRATION',
  ],
  ['without an account', { ACCOUNT_SID: '' }, ['function.settings error'], 'ACCOUNT_SID'],
  ['with a wrong auth token', { AUTH_TOKEN: 'x' }, ['function.settings error'], 'credentials'],
  [
    'with origins that are none',
    { ALLOWED_ORIGINS: 'flex' },
    ['function.settings error'],
    'ALLOWED_ORIGINS',
  ],
  ['for another origin', { ALLOWED_ORIGINS: 'https://flex.example' }, ['function.cors error']],
  ['for another group', { GLANCE_GROUP_ID: '12345' }, ['function.groupid error']],
  ['with keys for ten seconds', { GLANCE_EXPIRATION: '10' }, ['key.lifetime warning']],
  ['for supervisors alone', { ALLOWED_ROLES: 'supervisor' }, ['function.role error']],
  ['that signs the plain identity', { PARTNER_USER_ID: 'decoded' }, []],
]) {
  test(`a Function ${what}: ${expected[0] ?? 'nothing wrong'}, and nothing else`, async () => {
    const fn = await startFunction(sandbox, { ...SETTINGS, ALLOWED_ORIGINS: origin, ...env });
    try {
      const { findings, told } = await examine(fn.url);
      assert.deepEqual(told, expected);
      const [fault] = findings.filter(({ status }) => status !== 'ok');
      if (variable) assert.match(fault.seen, new RegExp(`\\b${variable}\\b`));
    } finally {
      await fn.stop();
    }
  });
}

const published = { cwd: path.join(ROOT, 'tests/function/published') };

for (const [what, env, token, expected] of [
  ['', {}, TOKEN, ['function.api_key_exposed error']],
  [', asked with a made-up token,', {}, '', ['function.reply unknown']],
  [
    ' without an expiration',
    { GLANCE_EXPIRATION: '' },
    TOKEN,
    ['function.api_key_exposed error', 'key.form error'],
  ],
  [' without an API key', { GLANCE_API_KEY: undefined }, TOKEN, ['function.address error']],
  [' without credentials', { AUTH_TOKEN: '' }, TOKEN, ['function.settings error']],
  [' when Twilio is away', {}, 'iam-test-drop', ['function.validator error']],
]) {
  test(`the published Function${what}: ${expected.join(', ')}, and nothing else`, async () => {
    const fn = await startFunction(sandbox, { ...SETTINGS, ...env }, published);
    try {
      assert.deepEqual((await examine(fn.url, { token })).told, expected);
    } finally {
      await fn.stop();
    }
  });
}

test('an address at which no Function is deployed is told, and nothing else', async () => {
  assert.deepEqual((await examine(`${sandbox.url}s`)).told, ['function.address error']);
});

for (const [what, answer, expected] of [
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: sandbox.url }).end(),
    'function.redirect error',
  ],
  [
    'a web page',
    (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
    'function.reply error',
  ],
  [
    'an answer without end',
    (_, response) => {
      const more = () => response.destroyed || response.write('x'.repeat(65536), more);
      more();
    },
    'function.reachable error',
  ],
  [
    'a login key for whoever asks',
    (_, response) => {
      const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
      const expiration = Math.floor(Date.now() / 1000) + 3600;
      const loginKey = `$1$${expiration}$${'A'.repeat(43)}`;
      response.writeHead(200, headers).end(JSON.stringify({ loginKey, expiration }));
    },
    'function.token error',
  ],
]) {
  test(`${what} in place of the Function: told, and nothing else`, async () => {
    const token = expected === 'function.token error' ? '' : TOKEN;
    assert.deepEqual((await examine(elsewhere(answer), { token })).told, [expected]);
  });
}

test('a port where nothing listens, and one without TLS: told, and nothing else', async () => {
  const url = new URL(elsewhere(() => {}));
  const asTls = `https://${url.host}/getloginkey`;
  assert.deepEqual((await examine(asTls)).told, ['function.reachable error']);
  assert.deepEqual((await examine('http://127.0.0.1:9/getloginkey')).told, [
    'function.reachable error',
  ]);
});

test('no token is sent to an address without https', async () => {
  let asked = 0;
  const url = new URL(elsewhere((_, response) => response.end(`${(asked += 1)}`)));
  const { told } = await examine(`http://0.0.0.0:${url.port}/getloginkey`);
  assert.deepEqual(told, ['settings.authurl error']);
  assert.equal(asked, 0);
});

test('a Function that does not answer in time is told, and nothing else', async () => {
  const { findings, told } = await slow;
  assert.deepEqual(told, ['function.reachable error']);
  assert.match(findings.at(-1).seen, /No answer came in time/);
});
