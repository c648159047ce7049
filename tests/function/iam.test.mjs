/**
 * Twilio's verdict on a token: what the Function makes of each answer. Twilio's own validator package, in a
 * Function of its own, is asked the same.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { assertRefused, assertSigned } from './answers.mjs';
import { SECRETS, SETTINGS, post, startFunction, startSandbox, tokens } from './sandbox.mjs';

const ORACLE = { cwd: fileURLToPath(new URL('oracle', import.meta.url)) };

let sandbox;
let ours;
let oracle;

before(async () => {
  sandbox = await startSandbox();
  [ours, oracle] = await Promise.all([
    startFunction(sandbox, SETTINGS),
    startFunction(sandbox, SETTINGS, ORACLE),
  ]);
});

after(async () => {
  await Promise.all([ours.stop(), oracle.stop()]);
  await sandbox.stop();
  for (const secret of [...Object.values(SECRETS), 'iam-test-']) {
    assert.ok(!ours.log.text.includes(secret), `${secret} is in the log`);
  }
});

const ask = (Token) => post(ours.url, { Token });

/** Whether the validator package lets this token pass, and whose it is then. */
async function askOracle(Token) {
  const { status, text } = await post(`${oracle.origin}/oracle`, { Token });
  assert.ok(status === 200 || status === 403, `${status} ${text}`);
  return status === 200 ? JSON.parse(text) : undefined;
}

test('Functions run on the Node.js that this run is about', async () => {
  const { text } = await post(`${oracle.origin}/runtime`, {});
  assert.equal(text, process.env.FUNCTION_NODE_VERSION ?? process.version);
});

const valid = (members) => ({
  valid: true,
  code: 0,
  message: null,
  identity: 'user_40example_2Dcom',
  roles: ['agent'],
  ...members,
});

// ---- Verdicts, and what is none

for (const [what, token] of [
  ['an agent', 'iam-test-agent'],
  ['a supervisor', 'iam-test-supervisor'],
  ['a worker without a role', 'iam-test-norole'],
  ['an agent of any name', tokens.as("jörg o'neill 🙂")],
  ['a verdict with a time to come', tokens.with({ expiration: '2098-09-24T23:22:44.240Z' })],
  ['a verdict with a time in another form', tokens.with({ expiration: 'tomorrow' })],
  ['a verdict with a time that is a number', tokens.with({ expiration: 1 })],
  ['a verdict without a time', tokens.says(200, valid())],
  ['a verdict with members yet unknown', tokens.says(200, valid({ scope: ['x'] }))],
]) {
  test(`lets pass what the validator package lets pass: ${what}`, async () => {
    const { identity } = await askOracle(token);
    assertSigned(await ask(token), identity);
  });
}

for (const [what, token, status, code] of [
  ['no verdict on a token it does not know', 'nonsense', 403, 'token_refused'],
  ['a token that is not ASCII', 'nonsensé', 403, 'token_refused'],
  ['a refusal', tokens.says(200, { valid: false, code: 20101 }), 403, 'token_refused'],
  ['a refusal with status 400', tokens.says(400, { valid: false }), 403, 'token_refused'],
  ['a refusal with status 401', tokens.says(401, { valid: false }), 403, 'token_refused'],
  ['a refusal with status 404', tokens.says(404, { valid: false }), 403, 'token_refused'],
  ['a question it does not understand', tokens.says(400, { code: 20001 }), 403, 'token_refused'],
  [
    'a refusal that is worded like an outage',
    tokens.says(200, { valid: false, message: 'socket hang up: service unavailable' }),
    403,
    'token_refused',
  ],
  ['credentials refused', 'iam-test-credentials', 500, 'configuration'],
  ['credentials refused in other words', tokens.says(401, 'no'), 500, 'configuration'],
  ['credentials without the right', tokens.says(403, { code: 20003 }), 500, 'configuration'],
  ['an account unknown', tokens.says(404, { code: 20404 }), 500, 'configuration'],
  ['too many requests', 'iam-test-busy', 503, 'validator_unavailable'],
  ['an error of its own', 'iam-test-error', 503, 'validator_unavailable'],
  ['a page of a gateway', 'iam-test-html', 503, 'validator_unavailable'],
  ['a closed connection', 'iam-test-drop', 503, 'validator_unavailable'],
  [
    'an outage that is worded like a refusal',
    tokens.says(503, { code: 20101, message: 'Token is invalid or has expired' }),
    503,
    'validator_unavailable',
  ],
  ['a refusal in an outage', tokens.says(500, { valid: false }), 503, 'validator_unavailable'],
  ['a refusal to be asked', tokens.says(429, { valid: false }), 503, 'validator_unavailable'],
  ['a redirect', tokens.says(302, ''), 503, 'validator_unavailable'],
  ...['', 'null', 'true', '[]', '{}', '"valid"', '{"valid":null}', '{"valid":', '{"valid":0}'].map(
    (body) => [body || 'nothing', tokens.says(200, body), 503, 'validator_unavailable'],
  ),
]) {
  test(`signs nothing where the validator package does not: ${what} is a ${status}`, async () => {
    assert.equal(await askOracle(token), undefined);
    assertRefused(await ask(token), status, code);
  });
}

// Here the Function is stricter on purpose.
for (const [what, token, status, code] of [
  [
    'a verdict whose time is over',
    tokens.with({ expiration: '2018-09-24T23:22:44.240Z' }),
    403,
    'token_refused',
  ],
  ['a verdict on nobody', 'iam-test-anonymous', 503, 'validator_unavailable'],
  ['a verdict with status 500', tokens.says(500, valid()), 503, 'validator_unavailable'],
  ['a verdict with status 401', tokens.says(401, valid()), 500, 'configuration'],
  ['a verdict with status 202', tokens.says(202, valid()), 503, 'validator_unavailable'],
  ['"valid" in words', tokens.says(200, valid({ valid: 'false' })), 503, 'validator_unavailable'],
]) {
  test(`signs nothing though the validator package lets it pass: ${what}`, async () => {
    assert.ok(await askOracle(token));
    assertRefused(await ask(token), status, code);
  });
}

describe(
  'what never ends is given up before Twilio would end the Function',
  {
    concurrency: true,
  },
  () => {
    for (const [what, token, reason] of [
      ['no answer', 'iam-test-hang', 'no answer in time'],
      ['half an answer', 'iam-test-stall', 'no answer in time'],
      ['an answer without an end', 'iam-test-endless', 'an answer too long'],
    ]) {
      test(what, async () => {
        // Twilio ends a Function after ten seconds.
        const signal = AbortSignal.timeout(10_000);
        const answer = await post(ours.url, { Token: token }, { signal });
        assertRefused(answer, 503, 'validator_unavailable');
        assert.ok(ours.log.text.includes(`on a Flex token: ${reason}`), ours.log.text);
      });
    }
  },
);

test('the log says what became of IAM', async () => {
  await ask('iam-test-html');
  assert.match(ours.log.text, /getloginkey: no verdict from Twilio on a Flex token: HTTP 502/);
});
