/** The Function in the real `twilio-run`, asking the IAM stand-in through the real validator. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import {
  ACCOUNT_SID,
  GROUP_ID,
  IDENTITY,
  SECRETS,
  post,
  startFunction,
  startSandbox,
} from './sandbox.mjs';

const require = createRequire(import.meta.url);
const { sign } = require('../../functions/getloginkey.js');

const TOKEN = 'iam-test-agent';

let sandbox;
let origin;

before(async () => {
  sandbox = await startSandbox();
  origin = sandbox.origins.desktop;
});

after(async () => {
  await sandbox.stop();
  for (const secret of [...Object.values(SECRETS), 'iam-test-']) {
    assert.ok(!sandbox.log.text.includes(secret), `${secret} is in the log`);
  }
});

const ask = (form, init) => post(sandbox.url, form, { origin, ...init });

const tokenOf = (identity) => `iam-test-as-${Buffer.from(identity).toString('hex')}`;

function assertSigned({ status, body }, identity) {
  assert.equal(status, 200, JSON.stringify(body));
  const { loginKey, groupId, expiration, partnerUserId, ...rest } = body;
  assert.deepEqual(rest, {});
  assert.equal(groupId, GROUP_ID);
  assert.equal(partnerUserId, identity);
  assert.equal(loginKey, sign(SECRETS.GLANCE_API_KEY, GROUP_ID, identity, expiration));
  const life = expiration - Date.now() / 1000;
  assert.ok(life > 3500 && life <= 3600, `good for ${life} seconds`);
}

function assertRefused({ status, headers, body }, expectedStatus, code) {
  assert.equal(status, expectedStatus, JSON.stringify(body));
  assert.equal(body.error.code, code);
  assert.ok(body.error.message.length > 10);
  assert.deepEqual(Object.keys(body), ['error']);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('vary'), 'Origin');
}

test('signs for the owner of the token', async () => {
  assertSigned(await ask({ Token: TOKEN, partneruserid: IDENTITY }), IDENTITY);
});

test('signs for the owner of the token if no partneruserid is given', async () => {
  assertSigned(await ask({ Token: TOKEN }), IDENTITY);
  assertSigned(await ask({ Token: TOKEN, partneruserid: '' }), IDENTITY);
});

test('takes JSON as well', async () => {
  const init = {
    body: JSON.stringify({ Token: TOKEN, partneruserid: IDENTITY }),
    headers: { 'content-type': 'application/json' },
  };
  assertSigned(await ask({}, init), IDENTITY);
});

test('takes the token that the desktop was given', async () => {
  const session = await fetch(`${origin}/session`, { method: 'POST' });
  const { token, identity } = await session.json();
  assertSigned(await ask({ Token: token, partneruserid: identity }), identity);
});

for (const identity of [
  'jörg',
  '日本語',
  '🙂',
  'a b',
  'user+1&x=2',
  "o'neill",
  'alice1',
  'x'.repeat(500),
]) {
  test(`signs the UTF-8 bytes of ${identity.slice(0, 20)}`, async () => {
    assertSigned(await ask({ Token: tokenOf(identity), partneruserid: identity }), identity);
  });
}

for (const role of ['supervisor', 'norole']) {
  test(`any valid Flex worker gets a key: ${role}`, async () => {
    assertSigned(await ask({ Token: `iam-test-${role}` }), IDENTITY);
  });
}

for (const other of [
  'alice',
  IDENTITY.toUpperCase(),
  `${IDENTITY} `,
  `${IDENTITY}\n`,
  `${IDENTITY}\0`,
  `${IDENTITY},alice`,
  `\u200b${IDENTITY}`,
  'maria_40example_2Ec\u043em',
  'undefined',
  '[object Object]',
]) {
  test(`does not sign for ${JSON.stringify(other)}`, async () => {
    assertRefused(await ask({ Token: TOKEN, partneruserid: other }), 403, 'identity_mismatch');
  });
}

test('never answers with the API key', async () => {
  const { text } = await ask({ Token: TOKEN });
  assert.ok(!text.includes('apiKey') && !text.includes(SECRETS.GLANCE_API_KEY));
});

// ---- Tokens

test('a request without a token is a 401', async () => {
  assertRefused(await ask({ partneruserid: IDENTITY }), 401, 'token_missing');
  assertRefused(await ask({ Token: '' }), 401, 'token_missing');
  assertRefused(await ask({ token: TOKEN }), 401, 'token_missing');
});

for (const [what, token] of [
  ['unknown', 'nonsense'],
  ['with a line break', `${TOKEN}\r\nX-Injected: 1`],
  ['that is not ASCII', `${TOKEN}ä`],
  ['with a NUL', `${TOKEN}\0`],
  ['of a megabyte', 'a'.repeat(1_000_000)],
]) {
  test(`a token ${what} is refused`, async () => {
    assertRefused(await ask({ Token: token }), 403, 'token_refused');
  });
}

for (const [what, form] of [
  ['a forged TokenResult', [['TokenResult', JSON.stringify({ identity: 'alice', valid: true })]]],
  [
    'a forged TokenResult[identity]',
    [
      ['TokenResult[identity]', 'alice'],
      ['valid', 'true'],
    ],
  ],
  [
    'parameters named like the settings',
    [
      ['GLANCE_API_KEY', 'mine'],
      ['GLANCE_GROUP_ID', '1'],
    ],
  ],
  ['a forged request', [['request', 'x']]],
]) {
  test(`${what} changes nothing`, async () => {
    assertSigned(await ask([['Token', TOKEN], ...form]), IDENTITY);
  });
}

for (const [what, body, status, code] of [
  ['Token as a list', { Token: [TOKEN] }, 400, 'parameter_invalid'],
  ['Token as an object', { Token: { toString: TOKEN } }, 400, 'parameter_invalid'],
  ['Token as a number', { Token: 1 }, 400, 'parameter_invalid'],
  ['Token as true', { Token: true }, 400, 'parameter_invalid'],
  ['Token as null', { Token: null }, 401, 'token_missing'],
  [
    'partneruserid as a list',
    { Token: TOKEN, partneruserid: [IDENTITY] },
    400,
    'parameter_invalid',
  ],
  ['partneruserid as an object', { Token: TOKEN, partneruserid: {} }, 400, 'parameter_invalid'],
  ['a list', [TOKEN], 401, 'token_missing'],
  [
    'a forged TokenResult alone',
    { TokenResult: { valid: true, identity: 'alice' } },
    401,
    'token_missing',
  ],
]) {
  test(`JSON with ${what} is a ${status}`, async () => {
    const headers = { 'content-type': 'application/json' };
    assertRefused(await ask({}, { body: JSON.stringify(body), headers }), status, code);
  });
}

for (const name of ['Token', 'partneruserid']) {
  test(`a repeated ${name} is a 400`, async () => {
    const form = [
      ['Token', TOKEN],
      ['partneruserid', IDENTITY],
    ];
    form.push(form.find(([key]) => key === name));
    assertRefused(await ask(form), 400, 'parameter_invalid');
  });
}

test('a token in the address is refused, since addresses end in logs', async () => {
  const get = await post(
    `${sandbox.url}?Token=${TOKEN}`,
    {},
    { origin, method: 'GET', body: null },
  );
  assertRefused(get, 400, 'body_required');
  const empty = await post(`${sandbox.url}?Token=${TOKEN}`, {}, { origin });
  assertRefused(empty, 400, 'body_required');
});

test('plain text is refused', async () => {
  const init = { body: `Token=${TOKEN}`, headers: { 'content-type': 'text/plain' } };
  assertRefused(await ask({}, init), 400, 'body_required');
});

test('a body beyond the size that the runtime takes gets no key', async () => {
  const { status } = await ask({ Token: TOKEN, more: 'a'.repeat(7_000_000) });
  assert.equal(status, 413);
});

// ---- Outages

for (const outage of ['busy', 'error', 'html', 'drop', 'anonymous', 'hang']) {
  // In the last one IAM never answers at all: that there is an answer means that it gave up.
  test(`an IAM outage is a 503, never a 403: ${outage}`, async () => {
    const answer = await ask({ Token: `iam-test-${outage}` });
    assertRefused(answer, 503, 'validator_unavailable');
    assert.equal(answer.headers.get('retry-after'), '5');
  });
}

test("credentials that Twilio refuses are the Function's own fault", async () => {
  const answer = await ask({ Token: 'iam-test-credentials' });
  assertRefused(answer, 500, 'configuration');
});

test('an IAM that cannot be reached is a 503', async () => {
  const settings = { ...SECRETS, ACCOUNT_SID, GLANCE_GROUP_ID: GROUP_ID, GLANCE_EXPIRATION: '60' };
  // Port 9 of loopback: nobody listens there.
  const fn = await startFunction(sandbox, { ...settings, SANDBOX_IAM: 'http://127.0.0.1:9/iam' });
  try {
    assertRefused(await post(fn.url, { Token: TOKEN }), 503, 'validator_unavailable');
  } finally {
    await fn.stop();
  }
});

test('credentials that IAM refuses are a 500 that names the variables', async () => {
  const settings = { GLANCE_API_KEY: 'x', GLANCE_GROUP_ID: GROUP_ID, GLANCE_EXPIRATION: '60' };
  const fn = await startFunction(sandbox, { ...settings, ACCOUNT_SID, AUTH_TOKEN: 'wrong' });
  try {
    const answer = await post(fn.url, { Token: TOKEN });
    assertRefused(answer, 500, 'configuration');
    assert.match(answer.body.error.message, /ACCOUNT_SID or AUTH_TOKEN/);
  } finally {
    await fn.stop();
  }
});

test('a missing setting is a JSON 500 in the runtime as well', async () => {
  const fn = await startFunction(sandbox, { ...SECRETS, ACCOUNT_SID, GLANCE_GROUP_ID: GROUP_ID });
  try {
    const answer = await post(fn.url, { Token: TOKEN });
    assertRefused(answer, 500, 'configuration');
    assert.match(answer.body.error.message, /GLANCE_EXPIRATION is not set/);
  } finally {
    await fn.stop();
  }
});

// ---- CORS

for (const [what, form] of [
  ['a key', { Token: TOKEN }],
  ['a missing token', {}],
  ['a refused token', { Token: 'nonsense' }],
  ['an outage', { Token: 'iam-test-html' }],
  ['a wrong identity', { Token: TOKEN, partneruserid: 'alice' }],
]) {
  test(`the desktop's page may read the answer: ${what}`, async () => {
    const { headers } = await ask(form);
    assert.equal(headers.get('access-control-allow-origin'), origin);
    assert.equal(headers.get('access-control-allow-credentials'), null);
    assert.match(headers.get('access-control-expose-headers'), /\bDate\b/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('vary'), 'Origin');
  });
}

for (const foreign of ['https://evil.example', 'null', 'http://127.0.0.1', 'HTTP://EVIL.EXAMPLE']) {
  test(`a page of ${foreign} gets no key and may not read the answer`, async () => {
    const answer = await post(sandbox.url, { Token: TOKEN }, { origin: foreign });
    assertRefused(answer, 403, 'origin_not_allowed');
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
  });
}

test('a client that is no browser names no origin and is served', async () => {
  assertSigned(await post(sandbox.url, { Token: TOKEN }), IDENTITY);
});
