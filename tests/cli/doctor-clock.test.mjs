/**
 * The doctor judges clock and key by the rules of the component, `judge` of `src/core/login_key/reply.rs`:
 * both run `vectors/login_key_lifetime.json`.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { serverClock } from '../../src/doctor/judge/clock.mjs';
import { judgeFunction } from '../../src/doctor/judge/function.mjs';
import { vectors } from '../vectors.mjs';

const VECTORS = vectors('login_key_lifetime');

const ORIGIN = 'https://flex.twilio.com';
const QUESTION = {
  url: 'https://login-1234.twil.io/getloginkey',
  origin: ORIGIN,
  token: 'flex',
  partnerUserId: 'maria',
};

/** The reply and the answer of a case, which took two seconds. */
function answered({ status, dateMs, issuedAtS, pageMs, expiresAtS }) {
  const reply = { loginKey: `$1$${expiresAtS}$${'Abc-_'.repeat(8)}xyz` };
  if (issuedAtS !== null) reply.issuedAt = issuedAtS;
  const headers = { 'access-control-allow-origin': ORIGIN };
  if (dateMs !== null) headers.date = new Date(dateMs).toUTCString();
  const times = { askedAtMs: pageMs - 1000, answeredAtMs: pageMs + 1000 };
  return { reply, answer: { status, headers, body: JSON.stringify(reply), ...times } };
}

const wrong = (findings) =>
  findings.filter(({ status }) => status === 'error').map(({ check }) => check);

for (const vector of VECTORS) {
  test(`${vector.name}: ${vector.expect}`, () => {
    const { reply, answer } = answered(vector);
    const found = wrong(judgeFunction(answer, QUESTION));
    if (vector.expect === 'ok') {
      assert.deepEqual(found, []);
      const { nowMs } = serverClock(reply, answer);
      assert.equal(vector.pageMs + vector.expiresAtS * 1000 - nowMs, vector.endsMs);
    } else {
      assert.equal(found.length, 1, found.join());
      assert.match(found[0], /^key\.(expired|lifetime)$/);
      assert.equal(vector.endsMs, null);
    }
  });
}

const named = (name) => VECTORS.find((vector) => vector.name === name);
const told = (name) =>
  judgeFunction(answered(named(name)).answer, QUESTION)
    .filter(({ status }) => status !== 'ok')
    .map(({ check, status }) => `${check} ${status}`);

test('a key that only a wrong clock can explain leaves the clock to be looked at', () => {
  const name = 'a page two hours ahead, a key of one hour, nobody tells the time';
  assert.deepEqual(told(name), ['clock.skew unknown']);
  const findings = judgeFunction(answered(named(name)).answer, QUESTION);
  const { seen, fix } = findings.find(({ check }) => check === 'clock.skew');
  assert.match(seen, /ran out 3600 seconds before it came/);
  assert.match(fix, /time zone/);
});

test('a machine whose clock is known to be hours off is told so, and the key is none the worse', () => {
  assert.deepEqual(told('a page two hours ahead, by Date'), ['clock.skew warning']);
  assert.deepEqual(told('issuedAt counts where Date is hidden'), ['clock.skew warning']);
});
