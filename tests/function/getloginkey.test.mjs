/** The Function in the real `twilio-run`, asking the IAM stand-in. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { assertRefused, assertSigned } from './answers.mjs';
import {
  IDENTITY,
  SECRETS,
  SETTINGS,
  post,
  startFunction,
  startSandbox,
  tokens,
} from './sandbox.mjs';

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
    assertSigned(await ask({ Token: tokens.as(identity), partneruserid: identity }), identity);
  });
}

for (const role of ['supervisor', 'norole']) {
  test(`any valid Flex worker gets a key: ${role}`, async () => {
    assertSigned(await ask({ Token: `iam-test-${role}` }), IDENTITY);
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

for (const [what, init] of [
  ['GET', { method: 'GET', body: null }],
  ['an empty POST', {}],
  ['a POST whose body is too short to hold it', { body: new URLSearchParams({ a: '1' }) }],
]) {
  test(`a token in the address is refused, since addresses end in logs: ${what}`, async () => {
    const answer = await post(`${sandbox.url}?Token=${TOKEN}`, {}, { origin, ...init });
    assertRefused(answer, 400, 'body_required');
  });
}

test('a compressed body may be shorter than the token in it', async () => {
  const form = new URLSearchParams({ Token: tokens.with({ worker_sid: 'a'.repeat(2000) }) });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-encoding': 'gzip',
  };
  assertSigned(await ask({}, { body: gzipSync(form.toString()), headers }), IDENTITY);
});

test('plain text is refused', async () => {
  const init = { body: `Token=${TOKEN}`, headers: { 'content-type': 'text/plain' } };
  assertRefused(await ask({}, init), 400, 'body_required');
});

test('a body beyond the size that the runtime takes gets no key', async () => {
  const { status } = await ask({ Token: TOKEN, more: 'a'.repeat(7_000_000) });
  assert.equal(status, 413);
});

// ---- Settings

test('a missing setting is a JSON 500 in the runtime as well', async () => {
  const fn = await startFunction(sandbox, { ...SETTINGS, GLANCE_EXPIRATION: '' });
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
