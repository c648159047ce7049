/** What the Function says about its settings, called as the runtime calls it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { REQUEST, call } from './handler.mjs';
import { WRONG } from './wrong-settings.mjs';

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
  GLANCE_API_KEY: [
    'x',
    '0123456789abcdef0123',
    'A+b/c-d_e.f~g==',
    '!#$%&()*:;?@[]^{|}\\',
    'a'.repeat(1000),
  ],
  GLANCE_GROUP_ID: ['1', '20541', 20541, '9999999999'],
  GLANCE_EXPIRATION: ['1', '3600', 3600, '86400', '00060'],
  PARTNER_USER_ID: [undefined, '', 'identity', 'decoded', 'realm'],
  ALLOWED_ROLES: [undefined, '', 'agent', ' agent , wfo.full_access,'],
  ALLOWED_ORIGINS: [
    ...[undefined, '', 'http://localhost:3000', 'https://a.example, https://b.example'],
    ...[
      'https://a.example:443',
      'https://a.example:8443/',
      'https://127.0.0.1:8443',
      'http://[::1]',
    ],
    ...[
      'https://intranet',
      'https://my_flex.example',
      'https://bücher.example',
      'https://a.example.',
    ],
    `https://${'a'.repeat(63)}.example`,
  ],
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
  const headers = { ...REQUEST.headers };
  delete headers['content-length'];
  const { statusCode } = await call({}, { request: { headers }, Token: 'not ASCII: é' });
  assert.equal(statusCode, 403);
});

for (const origin of [
  'https://bücher.example',
  'https://Flex.Example.:443/',
  'http://[0:0::1]:80',
]) {
  test(`the origin that a browser sends for ${origin} is allowed`, async () => {
    const sent = new URL(origin).origin;
    const request = { headers: { ...REQUEST.headers, origin: sent } };
    const { statusCode, headers } = await call({ ALLOWED_ORIGINS: origin }, { request });
    assert.equal(statusCode, 401);
    assert.equal(headers['Access-Control-Allow-Origin'], sent);
  });
}

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

test('a host that is an origin to newer versions of Node.js alone is judged as by the one that runs', async () => {
  const { statusCode } = await call({ ALLOWED_ORIGINS: 'https://xn--a' });
  assert.equal(statusCode, URL.canParse('https://xn--a') ? 401 : 500);
});
