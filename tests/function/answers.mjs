/** What every answer of the Function has to be like, whatever the test is about. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { GROUP_ID, SECRETS } from './sandbox.mjs';

const require = createRequire(import.meta.url);
const { sign } = require('../../functions/getloginkey.js');

/** A key for this Partner UID, good for an hour from now, and nothing else in the reply. */
export function assertSigned({ status, body, headers }, partnerUserId) {
  assert.equal(status, 200, JSON.stringify(body));
  const { loginKey, groupId, expiration, issuedAt, ...rest } = body;
  assert.deepEqual(rest, { partnerUserId });
  assert.equal(groupId, GROUP_ID);
  assert.equal(loginKey, sign(SECRETS.GLANCE_API_KEY, GROUP_ID, partnerUserId, expiration));
  assert.equal(expiration - issuedAt, 3600);
  const age = Date.now() / 1000 - issuedAt;
  assert.ok(age >= 0 && age < 60, `signed ${age} seconds ago`);
  assertHeaders(headers);
}

/** An error with this status and code, as JSON and nothing else in it. */
export function assertRefused({ status, headers, body }, expectedStatus, code) {
  assert.equal(status, expectedStatus, JSON.stringify(body));
  assert.deepEqual(Object.keys(body), ['error']);
  const { code: given, message, name = '', problem = '', ...rest } = body.error;
  assert.deepEqual(rest, {});
  assert.equal(given, code);
  assert.ok(message.length > 10);
  for (const word of [name, problem]) assert.match(word, /^\w*$/);
  assert.equal(headers.get('retry-after'), status === 503 ? '5' : null);
  assertHeaders(headers);
}

function assertHeaders(headers) {
  assert.match(headers.get('content-type'), /^application\/json\b/);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('vary'), 'Origin');
  assert.match(headers.get('access-control-allow-origin'), /^https?:\/\/[a-z0-9.:-]+$/);
  assert.equal(headers.get('access-control-allow-credentials'), null);
  assert.equal(headers.get('access-control-expose-headers'), 'Date, Retry-After');
}
