/** What the Function asks of IAM, held against Twilio's validator package, and with which credentials. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { assertRefused, assertSigned } from './answers.mjs';
import {
  ACCOUNT_SID,
  IDENTITY,
  SECRETS,
  SETTINGS,
  post,
  startFunction,
  startSandbox,
} from './sandbox.mjs';

const ORACLE = { cwd: fileURLToPath(new URL('oracle', import.meta.url)) };
const API_KEY = { API_KEY: 'SK00000000000000000000000000000000' };
const API_SECRET = { API_SECRET: 'sandbox-twilio-api-secret' };
const VERDICT = {
  valid: true,
  code: 0,
  message: null,
  identity: 'user_40example_2Dcom',
  roles: [],
};

let sandbox;

before(async () => {
  sandbox = await startSandbox();
});

after(() => sandbox.stop());

// ---- The question

/** An IAM that notes what it is asked, byte by byte, and agrees. */
async function startRecorder() {
  const asked = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const { method, url, headers } = request;
    // A matter of the connection, not of the question.
    delete headers.connection;
    asked.push({ method, url, headers, body });
    response.end(JSON.stringify(VERDICT));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const env = { SANDBOX_IAM: `http://127.0.0.1:${server.address().port}/iam` };
  return { asked, env, stop: () => server.close() };
}

describe('the question to IAM is that of the validator package', { concurrency: 3 }, () => {
  for (const [what, credentials, host] of [
    ['with the auth token', SECRETS, 'iam.twilio.com'],
    ['with an API key', { ...API_KEY, ...API_SECRET }, 'iam.twilio.com'],
    ['with both', { ...SECRETS, ...API_KEY, ...API_SECRET }, 'iam.twilio.com'],
    ['in a region', { ...SECRETS, TWILIO_REGION: 'ie1' }, 'iam.ie1.twilio.com'],
    ['in a part of a region', { ...SECRETS, TWILIO_REGION: 'us1-x' }, 'iam.us1.twilio.com'],
  ]) {
    test(what, async () => {
      const recorder = await startRecorder();
      const env = { ...SETTINGS, AUTH_TOKEN: '', ...recorder.env, ...credentials };
      const fns = await Promise.all([
        startFunction(sandbox, env),
        startFunction(sandbox, env, ORACLE),
      ]);
      try {
        const Token = 'eyJ6aXAiOiJERUYi.a-b_c';
        assertSigned(await post(fns[0].url, { Token }), 'user_40example_2Dcom');
        await post(`${fns[1].origin}/oracle`, { Token });
        const [our, their] = recorder.asked;
        assert.deepEqual(our, their);
        assert.equal(our.headers.host, host);
        assert.equal(our.url, `/iam/v1/Accounts/${ACCOUNT_SID}/Tokens/validate`);
        assert.equal(our.headers['content-length'], String(our.body.length));
        assert.deepEqual(JSON.parse(our.body), { token: Token });
      } finally {
        await Promise.all(fns.map((fn) => fn.stop()));
        recorder.stop();
      }
    });
  }
});

// ---- Credentials

for (const [what, env, names] of [
  ['auth token', { AUTH_TOKEN: 'wrong' }, /ACCOUNT_SID with AUTH_TOKEN/],
  ['API secret', { AUTH_TOKEN: '', ...API_KEY, API_SECRET: 'wrong' }, /API_KEY with API_SECRET/],
]) {
  test(`a wrong ${what} is a 500 that names the variables`, async () => {
    const fn = await startFunction(sandbox, { ...SETTINGS, ...env });
    try {
      const answer = await post(fn.url, { Token: 'iam-test-agent' });
      assertRefused(answer, 500, 'configuration');
      assert.match(answer.body.error.message, names);
    } finally {
      await fn.stop();
    }
  });
}

test('the API key of the account is accepted by IAM', async () => {
  const env = { ...SETTINGS, AUTH_TOKEN: '', ...API_KEY, ...API_SECRET };
  const fn = await startFunction(sandbox, env);
  try {
    assertSigned(await post(fn.url, { Token: 'iam-test-agent' }), IDENTITY);
  } finally {
    await fn.stop();
  }
});

test('an IAM that cannot be reached is a 503', async () => {
  // Port 9 of loopback: nobody listens there.
  const fn = await startFunction(sandbox, { ...SETTINGS, SANDBOX_IAM: 'http://127.0.0.1:9/iam' });
  try {
    const answer = await post(fn.url, { Token: 'iam-test-agent' });
    assertRefused(answer, 503, 'validator_unavailable');
  } finally {
    await fn.stop();
  }
});
