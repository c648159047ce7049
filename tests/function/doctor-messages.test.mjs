/** Every error that the Function has, made to happen: the doctor has a finding of its own for each. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { before, mock, test } from 'node:test';

import { FUNCTION_ERRORS } from '../../src/doctor/judge/function-errors.mjs';
import { judgeFunction } from '../../src/doctor/judge/function.mjs';
import { REQUEST, call } from './handler.mjs';
import { ROOT } from './sandbox.mjs';
import { WRONG } from './wrong-settings.mjs';

const { settings } = createRequire(import.meta.url)('../../functions/getloginkey.js');

const VERDICT = { valid: true, identity: 'maria', roles: ['agent'] };
const ORIGIN = 'https://flex.example';
const TOKEN = { Token: 'abc' };
const asked = (event, headers) => ({
  request: {
    ...REQUEST,
    headers: { ...REQUEST.headers, 'content-length': '1000', ...headers },
  },
  ...event,
});

/** How each error comes about: what Twilio says, the settings, the request. */
const CASES = [
  ...Object.entries(WRONG).flatMap(([name, values]) =>
    values.map((value) => ({ changes: { [name]: value ?? undefined } })),
  ),
  { changes: { AUTH_TOKEN: undefined, API_KEY: 'SK0' } },
  { changes: { AUTH_TOKEN: undefined, API_SECRET: 's' } },
  { changes: { AUTH_TOKEN: undefined, API_KEY: 'a:b', API_SECRET: 's' } },
  { changes: { AUTH_TOKEN: undefined, API_KEY: 'SK0', API_SECRET: ' ' } },
  { event: asked(TOKEN, { origin: ORIGIN }) },
  { event: asked(TOKEN, { 'content-type': 'text/plain' }) },
  { event: asked({ ...TOKEN, request: 'x' }) },
  { event: asked({ Token: ['a', 'b'] }) },
  { event: asked({ ...TOKEN, partneruserid: ['a', 'b'] }) },
  { event: asked({}) },
  { event: asked({ Token: 'é' }) },
  { event: asked(TOKEN), twilio: [200, { valid: false }] },
  { event: asked(TOKEN), twilio: [401, {}] },
  { event: asked(TOKEN), twilio: [404, {}] },
  { event: asked(TOKEN), twilio: [503, {}] },
  { event: asked(TOKEN), twilio: [200, VERDICT], changes: { ALLOWED_ROLES: 'supervisor' } },
  { event: asked({ ...TOKEN, partneruserid: 'bob' }), twilio: [200, VERDICT] },
  {
    event: asked(TOKEN),
    twilio: [200, { ...VERDICT, identity: 'maria@example.com' }],
    changes: { PARTNER_USER_ID: 'decoded' },
  },
  { event: asked(TOKEN), twilio: [200, VERDICT], changes: { PARTNER_USER_ID: 'realm' } },
  {
    event: {
      ...asked({}),
      get Token() {
        throw new TypeError('x');
      },
    },
  },
];

const keyOf = ({ code, name, problem }) => [code, name, problem].filter(Boolean).join(' ');

/** Each error that came, by its key, with the whole answer. */
const said = new Map();
let twilio;

before(async () => {
  const server = http.createServer((request, response) => {
    request.resume();
    response.writeHead(twilio[0]).end(JSON.stringify(twilio[1]));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const ask = ({ method, path }, answered) =>
    http.request({ host: '127.0.0.1', port, method, path, agent: false }, answered);
  const mocks = [
    mock.method(https, 'request', ask),
    mock.method(console, 'warn', () => {}),
    mock.method(console, 'error', () => {}),
  ];
  for (const { event, changes, twilio: says } of CASES) {
    twilio = says;
    const { statusCode, headers, body } = await call(changes, event);
    const { error } = JSON.parse(body);
    const answer = { status: statusCode, headers: lower(headers), body };
    said.set(keyOf(error), { error, answer });
  }
  for (const one of mocks) one.mock.restore();
  server.close();
});

const lower = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** What the doctor makes of an answer, CORS and reachability left out. */
const judge = (answer) => {
  const question = { url: 'https://x.twil.io/getloginkey', origin: ORIGIN, token: 'flex' };
  const findings = judgeFunction(answer, { ...question, inBrowser: true });
  return findings.filter(({ status }) => status !== 'ok');
};

const FUNCTION = readFileSync(`${ROOT}/functions/getloginkey.js`, 'utf8');

test('each code of the Function has been made to happen, and each name and problem of a setting', () => {
  const errors = [...said.values()].map(({ error }) => error);
  const codes = [...FUNCTION.matchAll(/new Refusal\(\s*\d+,\s*'(\w+)'/g)].map(([, code]) => code);
  assert.ok(codes.length > 8);
  assert.deepEqual(new Set(errors.map(({ code }) => code)), new Set([...codes, 'internal_error']));
  const wrong = errors.filter(({ code }) => code === 'configuration');
  assert.deepEqual(new Set(wrong.map(({ name }) => name)), new Set(settings.names));
  assert.deepEqual(new Set(wrong.map(({ problem }) => problem)), new Set(settings.problems));
});

test('the doctor knows each error of the Function, and no other', () => {
  assert.deepEqual([...said.keys()].sort(), Object.keys(FUNCTION_ERRORS).sort());
});

for (const key of Object.keys(FUNCTION_ERRORS)) {
  test(`the doctor has a finding of its own for: ${key}`, () => {
    const { error, answer } = said.get(key);
    const findings = judge(answer);
    assert.equal(findings.length, 1);
    const [{ status, seen, fix }] = findings;
    assert.equal(status, 'error');
    assert.ok(seen && fix);
    // A cause that the doctor does not know has the words that are good for any.
    const other = { ...error, name: error.name && 'OTHER', problem: error.problem && 'other' };
    const [general] = judge({ ...answer, body: JSON.stringify({ error: other }) });
    if (error.name || (error.problem && key !== 'token_refused refused')) {
      assert.notEqual(seen, general.seen);
      assert.notEqual(fix, general.fix);
    }
    if (/^[A-Z_]+$/.test(error.name ?? '') && error.problem !== 'unknown') {
      assert.match(seen, new RegExp(`\\b${error.name}\\b`));
    }
  });
}

test('no two errors of the Function are one finding', () => {
  const findings = [...said.values()].map(({ answer }) => judge(answer)[0].seen);
  assert.equal(new Set(findings).size, findings.length);
});

test('the doctor reads codes, not words: nothing changes where the message is another', () => {
  for (const { error, answer } of said.values()) {
    const body = JSON.stringify({ error: { ...error, message: 'Otra cosa.' } });
    assert.deepEqual(judge({ ...answer, body }), judge(answer));
  }
});
