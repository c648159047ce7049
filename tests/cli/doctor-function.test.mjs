/**
 * What the doctor says about an answer of the login-key Function. That it says so of the Function
 * itself, in the sandbox, is in `tests/function/doctor.test.mjs`.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgeFunction } from '../../src/doctor/judge/function.mjs';

const ORIGIN = 'https://flex.twilio.com';
const NOW_S = 1_700_000_000;
const SIGNATURE = 'Abc-_'.repeat(8) + 'xyz';
const IDENTITY = 'maria_40example_2Ecom';

const QUESTION = {
  url: 'https://login-1234.twil.io/getloginkey',
  origin: ORIGIN,
  token: 'flex',
  partnerUserId: IDENTITY,
  groupid: 20541,
};

const REPLY = {
  loginKey: `$1$${NOW_S + 3600}$${SIGNATURE}`,
  groupId: '20541',
  expiration: NOW_S + 3600,
  partnerUserId: IDENTITY,
  issuedAt: NOW_S,
};

const HEADERS = {
  'content-type': 'application/json',
  'access-control-allow-origin': ORIGIN,
  date: new Date(NOW_S * 1000).toUTCString(),
};

function answer(reply, { status = 200, headers, laterMs = 200, ...rest } = {}) {
  const body = typeof reply === 'string' ? reply : JSON.stringify(reply);
  const askedAtMs = NOW_S * 1000 + laterMs - 100;
  const all = Object.entries({ ...HEADERS, ...headers }).filter(([, value]) => value !== undefined);
  return {
    status,
    headers: Object.fromEntries(all),
    body,
    askedAtMs,
    answeredAtMs: NOW_S * 1000 + laterMs,
    ...rest,
  };
}

const refusal = (status, code, about, message = 'Why.') =>
  answer({ error: { code, message, ...about } }, { status });
const without = (name) => ({ ...REPLY, [name]: undefined });
const keyOf = (loginKey, changes) => answer({ ...REPLY, loginKey, ...changes });
const validator = (text) =>
  answer(text, {
    status: 403,
    headers: { 'content-type': 'plain/text', 'access-control-allow-origin': '*' },
  });
const foreign = (status, text = '') =>
  answer(text, {
    status,
    headers: { 'content-type': 'text/html', 'access-control-allow-origin': undefined },
  });

/** What is not ok, as `check status`. */
const told = (findings) =>
  findings.filter(({ status }) => status !== 'ok').map(({ check, status }) => `${check} ${status}`);

for (const [what, given, expected, question] of [
  ['our reply', answer(REPLY), []],
  [
    'our reply, read by a browser, which shows few headers',
    answer(REPLY, { headers: { 'access-control-allow-origin': undefined, date: undefined } }),
    [],
    { inBrowser: true },
  ],
  [
    'a reply for any origin',
    answer(REPLY, { headers: { 'access-control-allow-origin': '*' } }),
    [],
  ],
  [
    "the published Function's reply without its API key",
    answer({ ...without('partnerUserId'), issuedAt: undefined }),
    [],
  ],
  [
    "the published Function's reply",
    answer({ ...without('partnerUserId'), apiKey: 'secret-api-key' }),
    ['function.api_key_exposed error'],
  ],
  ['a reply without expiration', answer(without('expiration')), []],
  [
    'a reply with the identity unescaped',
    answer({ ...REPLY, partnerUserId: 'maria@example.com' }),
    [],
  ],
  [
    "a reply for the identity provider's name",
    answer({ ...REPLY, partnerUserId: 'S-1-5-21' }),
    ['identity.match warning'],
  ],
  ['a reply for another group', answer({ ...REPLY, groupId: '72000' }), ['function.groupid error']],

  ['an unknown host', { failure: 'dns', code: 'ENOTFOUND' }, ['function.reachable error']],
  ['a closed port', { failure: 'refused' }, ['function.reachable unknown']],
  ['a bad certificate', { failure: 'tls' }, ['function.reachable error']],
  ['no answer in time', { failure: 'timeout', isConnected: true }, ['function.reachable error']],
  ['a closed connection', { failure: 'closed', isConnected: true }, ['function.reachable error']],
  ['an endless answer', { failure: 'too_large' }, ['function.reachable error']],
  ['a failure of an unknown kind', { failure: 'network' }, ['function.reachable unknown']],
  [
    'an answer that the browser hides',
    { failure: 'cors' },
    ['function.cors error'],
    { inBrowser: true },
  ],

  [
    'an answer without CORS',
    answer(REPLY, { headers: { 'access-control-allow-origin': undefined } }),
    ['function.cors error'],
  ],
  [
    'an answer for another origin',
    answer(REPLY, { headers: { 'access-control-allow-origin': 'https://flex.example' } }),
    ['function.cors error'],
  ],
  [
    'an answer for two origins',
    answer(REPLY, { headers: { 'access-control-allow-origin': `*, ${ORIGIN}` } }),
    ['function.cors error'],
  ],
  [
    'a refusal without CORS',
    answer(
      { error: { code: 'token_refused', message: '' } },
      { status: 403, headers: { 'access-control-allow-origin': undefined } },
    ),
    ['function.cors error', 'function.token error'],
  ],
  [
    'a refused origin',
    answer(
      { error: { code: 'origin_not_allowed', message: '' } },
      { status: 403, headers: { 'access-control-allow-origin': 'https://flex.example' } },
    ),
    ['function.cors error'],
  ],

  [
    'a redirect',
    answer('', { status: 301, headers: { location: 'https://elsewhere.example/x' } }),
    ['function.redirect error'],
  ],
  ['a redirect to nowhere', answer('', { status: 302 }), ['function.redirect error']],
  [
    'a web page',
    answer('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ['function.reply error'],
  ],
  ['an empty answer', answer(''), ['function.reply error']],
  ['a list', answer([REPLY]), ['function.reply error']],
  ['null', answer('null'), ['function.reply error']],
  ['an error with status 200', answer({ error: { code: 'x' } }), ['function.reply error']],
  ['a reply with loginkey', answer({ loginkey: REPLY.loginKey }), ['function.reply error']],
  ['a reply whose key is null', answer({ ...REPLY, loginKey: null }), ['function.reply error']],

  ['400 body_required', refusal(400, 'body_required'), ['function.request error']],
  ['400 parameter_invalid', refusal(400, 'parameter_invalid'), ['function.request error']],
  ['401 token_missing', refusal(401, 'token_missing'), ['function.token error']],
  ['403 token_refused', refusal(403, 'token_refused'), ['function.token error']],
  [
    '403 token_refused for a made-up token',
    refusal(403, 'token_refused'),
    ['function.reply unknown'],
    { token: 'made-up' },
  ],
  [
    'a login key for a made-up token',
    answer(REPLY),
    ['function.token error'],
    { token: 'made-up' },
  ],
  ['403 role_not_allowed', refusal(403, 'role_not_allowed'), ['function.role error']],
  ['403 identity_mismatch', refusal(403, 'identity_mismatch'), ['identity.match error']],
  [
    '500 configuration',
    refusal(500, 'configuration', { name: 'GLANCE_API_KEY', problem: 'missing' }),
    ['function.settings error'],
  ],
  ['500 internal_error', refusal(500, 'internal_error'), ['function.fault error']],
  [
    '503 validator_unavailable',
    refusal(503, 'validator_unavailable'),
    ['function.validator error'],
  ],
  ['a code that is inherited', refusal(403, 'toString'), ['function.address error']],

  ["the validator's refusal", validator('Token is invalid'), ['function.token error']],
  [
    "the validator's refusal of a made-up token",
    validator('Token is invalid'),
    ['function.reply unknown'],
    { token: 'made-up' },
  ],
  [
    'the validator without a token',
    validator('Unauthorized: Token was not provided'),
    ['function.token error'],
  ],
  [
    'the validator without an account',
    validator('Unauthorized: AccountSid was not provided. For more'),
    ['function.settings error'],
  ],
  [
    'the validator without credentials',
    validator('Unauthorized: AuthToken or Api Credentials were not provided.'),
    ['function.settings error'],
  ],
  ['the validator with wrong credentials', validator('Authenticate'), ['function.settings error']],
  [
    'the validator without the network',
    validator('getaddrinfo ENOTFOUND iam.twilio.com'),
    ['function.validator error'],
  ],
  [
    'the validator when Twilio answers with a page',
    validator('Unexpected token < in JSON at position 0'),
    ['function.validator error'],
  ],
  [
    'the validator when the connection breaks',
    validator('socket hang up'),
    ['function.validator error'],
  ],
  ['the validator around a Function that threw', validator('{}'), ['function.fault error']],

  ['404', foreign(404), ['function.address error']],
  ['400 of the gateway', foreign(400), ['function.address error']],
  ['401 of a sign-in page', foreign(401), ['function.address unknown']],
  ['403 of the gateway', foreign(403), ['function.address unknown']],
  ['403 in JSON', answer({ message: 'No.' }, { status: 403 }), ['function.address error']],
  ['405', foreign(405), ['function.address error']],
  ['418', foreign(418), ['function.address error']],
  ['429', foreign(429), ['function.address unknown']],
  ['429 in JSON', answer({}, { status: 429 }), ['function.validator error']],
  ['500 of the runtime', foreign(500), ['function.fault error']],
  ['502', foreign(502), ['function.fault error']],
  ['504', foreign(504), ['function.fault error']],

  ['a key of NaN', keyOf(`$1$NaN$${SIGNATURE}`, { expiration: null }), ['key.form error']],
  ['a key of another version', keyOf(REPLY.loginKey.replace('$1$', '$2$')), ['key.form error']],
  ['a key that is short', keyOf(REPLY.loginKey.slice(0, -1)), ['key.form error']],
  ['a key in plain Base64', keyOf(REPLY.loginKey.replace('_', '/')), ['key.form error']],
  [
    'a key in four parts',
    keyOf(`${REPLY.loginKey.slice(0, 30)}$${REPLY.loginKey.slice(31)}`),
    ['key.form error'],
  ],
  ['a key that is an object', keyOf({}), ['key.form error']],
  ['a key and another expiration', answer({ ...REPLY, expiration: NOW_S }), ['key.form error']],
  ['an expiration as text', answer({ ...REPLY, expiration: String(NOW_S + 3600) }), []],
  [
    'an expired key',
    keyOf(`$1$${NOW_S - 60}$${SIGNATURE}`, { expiration: NOW_S - 60 }),
    ['key.expired error'],
  ],
  ['a key for a day', keyOf(`$1$${NOW_S + 86400}$${SIGNATURE}`, { expiration: NOW_S + 86400 }), []],
  [
    'a key for a week',
    keyOf(`$1$${NOW_S + 604800}$${SIGNATURE}`, { expiration: NOW_S + 604800 }),
    ['key.lifetime error'],
  ],
  [
    'a key for a second',
    keyOf(`$1$${NOW_S + 1}$${SIGNATURE}`, { expiration: NOW_S + 1 }),
    ['key.lifetime warning'],
  ],

  ['a clock two hours ahead', answer(REPLY, { laterMs: 7_200_000 }), ['clock.skew warning']],
  [
    'a clock two hours ahead, by Date',
    answer(without('issuedAt'), { laterMs: 7_200_000 }),
    ['clock.skew warning'],
  ],
  ['a clock two hours behind', answer(REPLY, { laterMs: -7_200_000 }), ['clock.skew warning']],
  ['a clock that is slow by half a minute', answer(REPLY, { laterMs: -30_000 }), []],
  [
    'a server that does not tell its time',
    answer(without('issuedAt'), { headers: { date: undefined } }),
    [],
  ],
  [
    'an answer that took nine seconds',
    answer(REPLY, { laterMs: 9_000, askedAtMs: NOW_S * 1000 }),
    [],
  ],
]) {
  test(`${what}: ${expected.join(', ') || 'nothing to tell'}`, () => {
    const findings = judgeFunction(given, { ...QUESTION, ...question });
    assert.deepEqual(told(findings), expected);
    const checks = findings.map(({ check }) => check);
    assert.equal(new Set(checks).size, checks.length, `told twice: ${checks}`);
    for (const { check, status, seen, why, fix } of findings) {
      assert.ok(/^[a-z]+\.[a-z_]+$/.test(check) && seen && why, check);
      assert.equal(fix === '', status === 'ok', `${check} ${status} has the fix "${fix}"`);
    }
    const report = JSON.stringify(findings);
    assert.ok(!report.includes('secret') && !report.includes(SIGNATURE), report);
  });
}

test('an API key is told, though there is no login key', () => {
  const findings = judgeFunction(answer({ apiKey: 'secret-api-key' }), QUESTION);
  assert.deepEqual(told(findings), ['function.api_key_exposed error', 'function.reply error']);
});

test('a key of another length is told by its length', () => {
  const findings = judgeFunction(keyOf(REPLY.loginKey.slice(0, -1)), QUESTION);
  const { seen } = findings.find(({ check }) => check === 'key.form');
  assert.equal(seen, 'The login key has 56 characters instead of 57.');
});

const fixOf = (given, question) =>
  judgeFunction(given, { ...QUESTION, ...question }).find(({ status }) => status !== 'ok').fix;

test('the fix names the variable to set and what it takes', () => {
  for (const name of [
    'GLANCE_API_KEY',
    'GLANCE_GROUP_ID',
    'GLANCE_EXPIRATION',
    'ALLOWED_ROLES',
    'PARTNER_USER_ID',
  ]) {
    const given = refusal(500, 'configuration', { name, problem: 'invalid' });
    assert.match(fixOf(given), new RegExp(`^Set ${name} to `));
  }
  const credentials = { name: 'credentials', problem: 'refused' };
  assert.match(fixOf(refusal(500, 'configuration', credentials)), /Add my Twilio Credentials/);
});

test('the fix for a refused origin names the variable and the origin', () => {
  assert.match(fixOf(refusal(403, 'origin_not_allowed')), /flex\.twilio\.com.* ALLOWED_ORIGINS/);
});

test('the fix for an exposed API key is another Function first, and then another key', () => {
  const fix = fixOf(answer({ ...REPLY, apiKey: 'secret-api-key' }));
  assert.match(fix, /^Deploy functions\/getloginkey\.js.* then change the API key/);
});

test('nothing of what a Function says in its own words gets into a finding', () => {
  const secret =
    'secret $1$1700003600$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA eyJhbGci.eyJz.c2ln';
  for (const given of [
    refusal(500, 'configuration', { name: 'SECRET_KEY', problem: 'missing' }, secret),
    refusal(500, 'configuration', { name: secret, problem: secret }, secret),
    refusal(500, 'configuration', { name: { toString: secret }, problem: ['missing'] }, secret),
    refusal(500, 'configuration', {}, secret),
    refusal(403, 'token_refused', { problem: secret }, secret),
    validator(secret),
    foreign(500, secret),
    keyOf(secret),
    keyOf(`$1$${secret}`),
    answer({ ...REPLY, groupId: secret }),
    answer(secret),
  ]) {
    const report = JSON.stringify(judgeFunction(given, QUESTION));
    assert.ok(!/secret|SECRET|AAAA|eyJ/.test(report), report);
  }
});

test('a token in place of an identity or of an address is taken out', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJpYSJ9.c2lnbmF0dXJl';
  const given = answer({ ...REPLY, partnerUserId: token });
  const moved = answer('', {
    status: 302,
    headers: { location: `https://x.example/${token}?${token}` },
  });
  for (const one of [given, moved]) {
    assert.ok(!JSON.stringify(judgeFunction(one, QUESTION)).includes('eyJ'));
  }
});

test('what the Function signed is quoted in one line and not at any length', () => {
  const given = answer({ ...REPLY, partnerUserId: `a\n\u202eb${'x'.repeat(5000)}` });
  const { seen } = judgeFunction(given, QUESTION).find(({ check }) => check === 'identity.match');
  assert.ok(seen.length < 500 && !/[\n\u202e]/.test(seen), seen);
});
