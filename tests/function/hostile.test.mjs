/** What nobody sends by accident. Each gets an answer of ours, and nobody else's key. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';

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
const FORM = 'application/x-www-form-urlencoded';

let sandbox;
let fn;

before(async () => {
  sandbox = await startSandbox();
  fn = await startFunction(sandbox, SETTINGS);
});

after(async () => {
  await fn.stop();
  await sandbox.stop();
  for (const secret of [...Object.values(SECRETS), 'iam-test-', IDENTITY]) {
    assert.ok(!fn.log.text.includes(secret), `${secret} is in the log`);
  }
});

const ask = (form, init) => post(fn.url, form, init);

const askJson = (value) => {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return ask({}, { body, headers: { 'content-type': 'application/json' } });
};

// ---- Whose key

for (const [what, other] of [
  ['somebody else', 'alice'],
  ['capitals', IDENTITY.toUpperCase()],
  ['capitals in the realm', 'Maria@example.com'],
  ['a space after it', `${IDENTITY} `],
  ['a line break after it', `${IDENTITY}\n`],
  ['a header after it', `${IDENTITY}\r\nSet-Cookie: a=b`],
  ['a NUL after it', `${IDENTITY}\0`],
  ['another after a comma', `${IDENTITY},alice`],
  ['a zero-width space before it', `\u200b${IDENTITY}`],
  ['a zero-width joiner within', `maria_40\u200dexample_2Ecom`],
  ['a mark that turns the direction', `\u202e${IDENTITY}`],
  ['a Cyrillic o', 'maria_40example_2Ec\u043em'],
  ['a full-width @', 'maria＠example.com'],
  ['a one-dot leader for a full stop', 'maria@example․com'],
  ['escapes in small letters', 'maria_40example_2ecom'],
  ['an escape for a letter', '_6Daria_40example_2Ecom'],
  ['an overlong escape', 'maria_C1_80example_2Ecom'],
  ['an escape twice over', 'maria_5F40example_5F2Ecom'],
  ['an escape for URLs', 'maria%40example.com'],
  ['the string undefined', 'undefined'],
  ['the string of an object', '[object Object]'],
  ['a name of the prototype', '__proto__'],
  ['a name of every object', 'constructor'],
  ['a megabyte', 'a'.repeat(1_000_000)],
]) {
  test(`partneruserid with ${what} is not the agent's own`, async () => {
    assertRefused(await ask({ Token: TOKEN, partneruserid: other }), 403, 'identity_mismatch');
  });
}

for (const [what, own, other] of [
  ['composed and decomposed', 'j\u00f6rg', 'jo\u0308rg'],
  ['decomposed and composed', 'jo\u0308rg', 'j\u00f6rg'],
  ['a ligature and its letters', 'o\ufb03ce', 'office'],
  ['capital sharp s and two s', 'STRASSE', 'STRA\u1e9eE'],
  ['dotless i', 'kIm', 'k\u0131m'],
]) {
  test(`what looks alike is not equal: ${what}`, async () => {
    const Token = tokens.as(own);
    assertRefused(await ask({ Token, partneruserid: other }), 403, 'identity_mismatch');
    assertSigned(await ask({ Token, partneruserid: own }), own);
  });
}

for (const identity of [
  'a\r\nSet-Cookie: a=b',
  'a\0b',
  '"}, "apiKey": "x',
  '__proto__',
  'constructor',
  'toString',
  '\u202emaria',
  '<script>',
]) {
  test(`an identity that is ${JSON.stringify(identity)} is signed as it is`, async () => {
    const answer = await ask({ Token: tokens.as(identity), partneruserid: identity });
    assertSigned(answer, identity);
    assert.equal(answer.headers.get('set-cookie'), null);
  });
}

// ---- Tokens

for (const [what, token] of [
  ['unknown', 'nonsense'],
  ['with a line break', `${TOKEN}\r\nX-Injected: 1`],
  ['with a quotation mark', `${TOKEN}","valid":true,"x":"`],
  ['that is not ASCII', `${TOKEN}ä`],
  ['with a space', `${TOKEN} `],
  ['with a NUL', `${TOKEN}\0`],
  ['of a megabyte', 'a'.repeat(1_000_000)],
  ['named as the prototype', '__proto__'],
  ['that is a path', '../../../v1/Accounts'],
]) {
  test(`a token ${what} is refused`, async () => {
    const answer = await ask({ Token: token });
    assertRefused(answer, 403, 'token_refused');
    assert.equal(answer.headers.get('x-injected'), null);
  });
}

// ---- Parameters

for (const [what, form] of [
  ['TokenResult', { TokenResult: JSON.stringify({ valid: true, identity: 'alice' }) }],
  ['TokenResult[identity]', { 'TokenResult[identity]': 'alice', valid: 'true' }],
  ['names of the settings', { GLANCE_API_KEY: 'mine', GLANCE_GROUP_ID: '1', ALLOWED_ROLES: 'x' }],
  [
    'another way of writing the names',
    { token: 'x', PartnerUserId: 'alice', partnerUserId: 'alice' },
  ],
  [
    'names of the prototype',
    { __proto__: 'x', constructor: 'x', toString: 'x', hasOwnProperty: 'x' },
  ],
  ['Token[a]', { 'Token[a]': 'x', 'partneruserid[a]': 'alice' }],
]) {
  test(`parameters beside the token change nothing: ${what}`, async () => {
    assertSigned(await ask([['Token', TOKEN], ...Object.entries(form)]), IDENTITY);
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

for (const [what, body, status, code] of [
  ['Token as a list', { Token: [TOKEN] }, 400, 'parameter_invalid'],
  ['Token as an object', { Token: { toString: TOKEN } }, 400, 'parameter_invalid'],
  ['Token as a number', { Token: 1 }, 400, 'parameter_invalid'],
  ['Token as true', { Token: true }, 400, 'parameter_invalid'],
  ['Token as null', { Token: null }, 401, 'token_missing'],
  ['Token under __proto__', '{"__proto__":{"Token":"iam-test-agent"}}', 401, 'token_missing'],
  ['no object but a list', [TOKEN], 401, 'token_missing'],
  ['TokenResult alone', { TokenResult: { valid: true, identity: 'a' } }, 401, 'token_missing'],
  [
    'partneruserid as a list',
    { Token: TOKEN, partneruserid: [IDENTITY] },
    400,
    'parameter_invalid',
  ],
  ['partneruserid as an object', { Token: TOKEN, partneruserid: {} }, 400, 'parameter_invalid'],
  ['partneruserid as 0', { Token: TOKEN, partneruserid: 0 }, 400, 'parameter_invalid'],
  ['partneruserid as false', { Token: TOKEN, partneruserid: false }, 400, 'parameter_invalid'],
  ['request as text', { Token: TOKEN, request: 'x' }, 400, 'parameter_invalid'],
  ['request as null', { Token: TOKEN, request: null }, 400, 'parameter_invalid'],
  ['request as a list', { Token: TOKEN, request: [] }, 400, 'parameter_invalid'],
  [
    'headers that are no headers',
    { Token: TOKEN, request: { headers: { 'content-type': { toString: 1 }, origin: {} } } },
    400,
    'parameter_invalid',
  ],
  [
    'headers of which one is no text',
    { Token: TOKEN, request: { headers: { host: 'x', 'content-type': FORM, 'x-a': { b: 'c' } } } },
    400,
    'parameter_invalid',
  ],
  [
    'the header of another page',
    { Token: TOKEN, request: { headers: { origin: 'https://evil.example' } } },
    400,
    'parameter_invalid',
  ],
]) {
  test(`JSON with ${what} is a ${status}`, async () => {
    assertRefused(await askJson(body), status, code);
  });
}

for (const [what, headers] of [
  ['of JSON', { 'content-type': 'application/json' }],
  ['of a form', { 'content-type': FORM }],
  ['of a form with a length', { 'content-type': FORM, 'content-length': '1000' }],
  ['of an allowed page', { 'content-type': FORM, origin: 'https://flex.twilio.com' }],
  ['within headers', { 'content-type': FORM, 'host][a': 'x' }],
]) {
  for (const method of ['GET', 'POST']) {
    test(`${method}: a header ${what} is not taken from the address`, async () => {
      const url = new URL(fn.url);
      url.searchParams.set('Token', TOKEN);
      for (const [name, value] of Object.entries(headers)) {
        url.searchParams.set(`request[headers][${name}]`, value);
      }
      const body = method === 'GET' ? null : '';
      assertRefused(await post(url, {}, { method, body }), 400, 'parameter_invalid');
    });
  }
}

test('a header in a form is a parameter like any other, and none of the request', async () => {
  const form = { Token: TOKEN, 'request[headers][origin]': 'https://evil.example' };
  assertSigned(await ask(form), IDENTITY);
});

test('request in the address does not take a token from there', async () => {
  const url = `${fn.url}?Token=${TOKEN}&request=x`;
  assertRefused(await post(url, {}, { method: 'GET', body: null }), 400, 'parameter_invalid');
});

for (const [what, body] of [
  ['JSON of another prototype', `{"__proto__":{"partneruserid":"alice"},"Token":"${TOKEN}"}`],
  ['a megabyte beside the token', JSON.stringify({ Token: TOKEN, more: 'a'.repeat(1_000_000) })],
  [
    'a thousand lists in each other',
    `{"Token":"${TOKEN}","a":${'['.repeat(1000)}${']'.repeat(1000)}}`,
  ],
  ['the token twice, of which the last counts', `{"Token":"nonsense","Token":"${TOKEN}"}`],
]) {
  test(`${what} changes nothing`, async () => {
    assertSigned(await askJson(body), IDENTITY);
  });
}

test('a megabyte of parameters is refused by the runtime', async () => {
  const form = Array.from({ length: 100_000 }, (_, i) => [`a${i}`, 'b']);
  const { status } = await ask([['Token', TOKEN], ...form]);
  assert.equal(status, 413);
});

test('JSON that is none is refused by the runtime', async () => {
  const { status, text } = await askJson('{"Token":');
  assert.equal(status, 400);
  assert.ok(!text.includes(SECRETS.GLANCE_API_KEY));
});

// ---- Headers

/** The whole answer to a request whose bytes are given. */
async function send(text) {
  const socket = connect(new URL(fn.origin).port, '127.0.0.1');
  socket.write(text);
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

const BODY = `Token=${TOKEN}`;
const requestWith = (header) =>
  [
    'POST /getloginkey HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: close',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${BODY.length}`,
    header,
    '',
    BODY,
  ].join('\r\n');

test('a request as bytes gets its key', async () => {
  const answer = await send(requestWith('Origin: https://flex.twilio.com'));
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.ok(answer.includes('$1$'));
});

for (const [what, header] of [
  ['broken by a line', 'Origin: https://flex.twilio.com\r\n X-Injected: 1'],
  ['with a bare line feed', 'Origin: https://flex.twilio.com\nX-Injected: 1\n'],
  ['with a carriage return', 'Origin: https://flex.twilio.com\rX-Injected: 1'],
  ['with a NUL', 'Origin: https://flex.twilio.com\0'],
  ['twice', 'Origin: https://flex.twilio.com\r\nOrigin: https://evil.example'],
  ['two in one', 'Origin: https://flex.twilio.com, https://evil.example'],
  ['with a path', 'Origin: https://flex.twilio.com/'],
  ['with a user', 'Origin: https://flex.twilio.com@evil.example'],
  ['of a longer host', 'Origin: https://flex.twilio.com.evil.example'],
  ['of no encryption', 'Origin: http://flex.twilio.com'],
  ['in capitals', 'Origin: HTTPS://FLEX.TWILIO.COM'],
  ['of no page', 'Origin: null'],
  ['empty', 'Origin:'],
]) {
  test(`an Origin ${what} gets no key, and no header of its own`, async () => {
    const answer = await send(requestWith(header));
    const [head] = answer.split('\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 4\d\d /);
    assert.ok(!answer.includes('$1$'), answer);
    assert.ok(!/injected|evil/i.test(head), head);
  });
}
