/** What the Function says about its settings, called as the runtime calls it. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const runtime = require.resolve('@twilio/runtime-handler/dev');
const { Response } = require(runtime.replace(/dev-runtime\.js$/, 'internal/response.js'));
const { handler } = require('../../functions/getloginkey.js');

globalThis.Twilio = { Response };

const SETTINGS = {
  ACCOUNT_SID: 'AC00000000000000000000000000000000',
  AUTH_TOKEN: 'secret-auth-token',
  GLANCE_API_KEY: 'secret-api-key',
  GLANCE_GROUP_ID: '20541',
  GLANCE_EXPIRATION: '3600',
};

const REQUEST = {
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '9' },
};

/** Calls the handler without a token: with good settings the answer is 401. */
async function call(changes, event = { request: REQUEST }) {
  const context = { ...SETTINGS, ...changes };
  const reply = await new Promise((resolve, reject) => {
    handler(context, event, (error, response) => (error ? reject(error) : resolve(response)));
  });
  return reply.serialize();
}

for (const [name, value] of [
  ['GLANCE_API_KEY', undefined],
  ['GLANCE_API_KEY', ''],
  ['GLANCE_API_KEY', 'secret-api-key\n'],
  ['GLANCE_API_KEY', ' '],
  ['GLANCE_GROUP_ID', undefined],
  ['GLANCE_GROUP_ID', ''],
  ['GLANCE_GROUP_ID', '0'],
  ['GLANCE_GROUP_ID', '20541a'],
  ['GLANCE_GROUP_ID', '-1'],
  ['GLANCE_GROUP_ID', 'undefined'],
  ['GLANCE_EXPIRATION', undefined],
  ['GLANCE_EXPIRATION', ''],
  ['GLANCE_EXPIRATION', '0'],
  ['GLANCE_EXPIRATION', '-3600'],
  ['GLANCE_EXPIRATION', '1h'],
  ['GLANCE_EXPIRATION', '3600.5'],
  ['GLANCE_EXPIRATION', '1e4'],
  ['GLANCE_EXPIRATION', 'NaN'],
  ['GLANCE_EXPIRATION', '86401'],
  ['GLANCE_EXPIRATION', '100000'],
  ['ACCOUNT_SID', undefined],
  ['AUTH_TOKEN', undefined],
  ['ALLOWED_ORIGINS', 'localhost:3000'],
  ['ALLOWED_ORIGINS', '*'],
]) {
  test(`${name}=${JSON.stringify(value)} is a 500 that names the variable, not its value`, async () => {
    const { statusCode, body } = await call({ [name]: value });
    const { error } = JSON.parse(body);
    assert.equal(statusCode, 500);
    assert.equal(error.code, 'configuration');
    assert.ok(error.message.includes(`getloginkey: ${name} `), error.message);
    assert.ok(!error.message.includes('secret-'), error.message);
    const shown = error.message.replaceAll('86400', '').replaceAll('3600', '');
    assert.ok(!value?.trim() || value === '0' || !shown.includes(value), error.message);
  });
}

for (const value of ['1', '3600', '86400', 3600]) {
  test(`GLANCE_EXPIRATION=${JSON.stringify(value)} is good`, async () => {
    assert.equal((await call({ GLANCE_EXPIRATION: value })).statusCode, 401);
  });
}

test('an API key and its secret do in place of the auth token', async () => {
  const { statusCode } = await call({ AUTH_TOKEN: undefined, API_KEY: 'SK0', API_SECRET: 's' });
  assert.equal(statusCode, 401);
});

test('a list of origins may hold spaces, trailing slashes and capitals', async () => {
  const origin = 'https://flex.example.com';
  const ALLOWED_ORIGINS = ' https://flex.twilio.com/ , HTTPS://Flex.Example.com/agent,';
  const request = { headers: { ...REQUEST.headers, origin } };
  const { statusCode, headers } = await call({ ALLOWED_ORIGINS }, { request });
  assert.equal(statusCode, 401);
  assert.equal(headers['Access-Control-Allow-Origin'], origin);
});

test('without a list of origins hosted Flex may read the answer', async () => {
  const { headers } = await call({});
  assert.equal(headers['Access-Control-Allow-Origin'], 'https://flex.twilio.com');
});

test('a wrong list of origins leaves no page but hosted Flex to read the answer', async () => {
  const { headers } = await call({ ALLOWED_ORIGINS: 'null' });
  assert.equal(headers['Access-Control-Allow-Origin'], 'https://flex.twilio.com');
});

test('a runtime that tells no headers is served all the same', async () => {
  assert.equal((await call({}, {})).statusCode, 401);
});

test('a failure of its own is a JSON 500 without details', async (t) => {
  const log = t.mock.method(console, 'error', () => {});
  const event = {
    request: REQUEST,
    get Token() {
      throw new TypeError('secret-api-key');
    },
  };
  const { statusCode, body } = await call({}, event);
  assert.equal(statusCode, 500);
  assert.equal(JSON.parse(body).error.code, 'internal_error');
  assert.ok(!body.includes('secret-'));
  assert.deepEqual(log.mock.calls[0].arguments, ['getloginkey: unexpected TypeError']);
});
