/** What the Function says about its settings, called as the runtime calls it. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const runtime = require.resolve('@twilio/runtime-handler/dev');
const { Response } = require(runtime.replace(/dev-runtime\.js$/, 'internal/response.js'));
const { handler } = require('../../functions/getloginkey.js');

globalThis.Twilio = { Response };

const SID = 'AC00000000000000000000000000000000';

const SETTINGS = {
  ACCOUNT_SID: SID,
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

/** What is wrong for each variable; `null` stands for one that is not set. */
const WRONG = {
  GLANCE_API_KEY: [null, '', ' ', '\t', 'secret-api-key\n', ' secret-api-key', 'secret api-key'],
  GLANCE_GROUP_ID: [
    ...[null, '', ' ', '0', '-1', '1.5', '1e4', ' 20541', '20541 ', '20541\n', '20 541', '20541a'],
    ...[
      '0x10',
      '+1',
      'NaN',
      'undefined',
      'null',
      '[object Object]',
      '01',
      '1'.repeat(11),
      '２０５４１',
    ],
  ],
  GLANCE_EXPIRATION: [
    ...[
      null,
      '',
      ' ',
      '0',
      '-0',
      '-3600',
      '1h',
      '3600.5',
      '3600.0',
      '1e3',
      '1E4',
      ' 3600',
      '3600 ',
    ],
    ...['3600\n', '36 00', '3,600', '0x10', '+3600', 'NaN', 'Infinity', 'undefined', 'null'],
    ...['86401', '100000', '9'.repeat(400), '٣٦٠٠'],
  ],
  PARTNER_USER_ID: [
    ' ',
    'Identity',
    'identity ',
    'puid',
    'undefined',
    '__proto__',
    '1',
    'realm,decoded',
  ],
  ALLOWED_ROLES: [' ', ',', ' , ', 'agent;supervisor', 'agent supervisor', '"agent"', '*'],
  ALLOWED_ORIGINS: [' ', ',', '*', 'null', 'localhost:3000', 'flex.twilio.com', 'ftp://a.example'],
  ACCOUNT_SID: [
    null,
    '',
    ' ',
    'AC1',
    'SK00000000000000000000000000000000',
    `${SID}/..`,
    `${SID}\n`,
  ],
  AUTH_TOKEN: [null, '', ' ', 'secret auth-token', 'secret-auth-token\n'],
  TWILIO_REGION: [' ', 'IE1', 'evil.example/', 'ie1.evil.example#', 'ie1\n', '-'],
};

for (const [name, values] of Object.entries(WRONG)) {
  for (const value of values) {
    test(`${name}=${JSON.stringify(value)} is a 500 that names the variable, not its value`, async () => {
      const { statusCode, headers, body } = await call({ [name]: value ?? undefined });
      const { error } = JSON.parse(body);
      assert.equal(statusCode, 500, body);
      assert.equal(error.code, 'configuration');
      const set = value !== null && value !== '';
      const stated = set ? '(has a wrong value|is out of range)' : 'is not set';
      assert.match(
        error.message,
        new RegExp(`^getloginkey: ${name} ${stated}\\. .+ deploy again\\.$`),
      );
      assert.ok(!error.message.includes('secret'), error.message);
      assert.ok(!(value?.length > 3 && hintless(error.message).includes(value)), error.message);
      assert.equal(headers['Access-Control-Allow-Origin'], 'https://flex.twilio.com');
      assert.equal(headers['Cache-Control'], 'no-store');
    });
  }
}

/** A message without the values that it gives as examples. */
const hintless = (message) => message.replace(/Set (it|both) .*/s, '');

const GOOD = {
  GLANCE_API_KEY: ['x', 'ключ-🔑', 'a'.repeat(1000)],
  GLANCE_GROUP_ID: ['1', '20541', 20541, '9999999999'],
  GLANCE_EXPIRATION: ['1', '3600', 3600, '86400', '00060'],
  PARTNER_USER_ID: [undefined, '', 'identity', 'decoded', 'realm'],
  ALLOWED_ROLES: [undefined, '', 'agent', ' agent , wfo.full_access,'],
  ALLOWED_ORIGINS: [undefined, '', 'http://localhost:3000', 'https://a.example, https://b.example'],
  TWILIO_REGION: [undefined, '', 'ie1', 'us1-x'],
};

for (const [name, values] of Object.entries(GOOD)) {
  for (const value of values) {
    test(`${name}=${JSON.stringify(value)} is good`, async () => {
      assert.equal((await call({ [name]: value })).statusCode, 401);
    });
  }
}

for (const [missing, given] of [
  ['API_SECRET', { API_KEY: 'SK0' }],
  ['API_KEY', { API_SECRET: 's' }],
  ['API_KEY', { API_KEY: 'a:b', API_SECRET: 's' }],
]) {
  test(`half an API key is a 500 that names ${missing}: ${Object.keys(given)}`, async () => {
    const { statusCode, body } = await call({ AUTH_TOKEN: undefined, ...given });
    assert.equal(statusCode, 500);
    assert.ok(JSON.parse(body).error.message.startsWith(`getloginkey: ${missing} `), body);
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

test('a list with one wrong origin still lets a right one read what is wrong', async () => {
  const origin = 'https://flex.example.com';
  const request = { headers: { ...REQUEST.headers, origin } };
  const ALLOWED_ORIGINS = `${origin},localhost:3000`;
  const { statusCode, headers } = await call({ ALLOWED_ORIGINS }, { request });
  assert.equal(statusCode, 500);
  assert.equal(headers['Access-Control-Allow-Origin'], origin);
});

test('where the length of the body is not told, a token is taken as sent in it', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { statusCode } = await call({}, { request: { headers }, Token: 'not ASCII: é' });
  assert.equal(statusCode, 403);
});

test('a runtime that tells no headers is served all the same', async () => {
  assert.equal((await call({}, {})).statusCode, 401);
});

test('a parameter that is inherited, where a runtime assigns __proto__, is none', async () => {
  const event = Object.assign(Object.create({ Token: 'not ASCII: é' }), { request: REQUEST });
  assert.equal((await call({}, event)).statusCode, 401);
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
