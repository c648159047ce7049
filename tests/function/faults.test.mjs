/** The sandbox's side: scenario switches of the Function, and no process left behind. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { GROUP_ID, IDENTITY, SECRETS, post, startSandbox, until } from './sandbox.mjs';

const require = createRequire(import.meta.url);
const { sign } = require('../../functions/getloginkey.js');

let sandbox;
let origin;

before(async () => {
  sandbox = await startSandbox();
  origin = sandbox.origins.desktop;
});

afterEach(() => sandbox.reset());
after(() => sandbox.stop());

const ask = () => post(sandbox.url, { Token: 'iam-test-agent' }, { origin });

test('forbidden is the 403 of the published validator', async () => {
  await sandbox.scenario({ function: 'forbidden' });
  const { status, headers, text } = await ask();
  assert.equal(status, 403);
  assert.equal(headers.get('content-type'), 'plain/text');
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.ok(text.length > 0);
});

test('error is a JSON 500 that the desktop may read', async () => {
  await sandbox.scenario({ function: 'error' });
  const { status, headers, body } = await ask();
  assert.equal(status, 500);
  assert.equal(body.error.code, 'configuration');
  assert.equal(headers.get('access-control-allow-origin'), origin);
});

test('garbage is a 200 that is no JSON', async () => {
  await sandbox.scenario({ function: 'garbage' });
  const { status, headers, text } = await ask();
  assert.equal(status, 200);
  assert.equal(headers.get('access-control-allow-origin'), origin);
  assert.throws(() => JSON.parse(text));
});

test('down closes the connection without an answer', async () => {
  await sandbox.scenario({ function: 'down' });
  await assert.rejects(ask(), TypeError);
});

test('slow keeps a caller waiting who gives up', async () => {
  await sandbox.scenario({ function: 'slow' });
  const signal = AbortSignal.timeout(500);
  const slow = post(sandbox.url, { Token: 'iam-test-agent' }, { origin, signal });
  await assert.rejects(slow, { name: 'TimeoutError' });
});

test('a preflight is answered by the runtime whatever the scenario', async () => {
  await sandbox.scenario({ function: 'error' });
  const { status } = await fetch(sandbox.url, { method: 'OPTIONS', headers: { origin } });
  assert.equal(status, 204);
});

test('an expired login key is genuine, but its time is over', async () => {
  await sandbox.scenario({ login_key: 'expired' });
  const { status, headers, body } = await ask();
  assert.equal(status, 200);
  assert.equal(headers.get('access-control-allow-origin'), origin);
  assert.ok(body.expiration < Date.now() / 1000);
  const key = sign(SECRETS.GLANCE_API_KEY, GROUP_ID, IDENTITY, body.expiration);
  assert.equal(body.loginKey, key);
});

test('unavailable is a 503 that says when to ask again, and the page may read it', async () => {
  await sandbox.scenario({ function: 'unavailable' });
  const { status, headers, body } = await ask();
  assert.equal(status, 503);
  assert.equal(headers.get('retry-after'), '1');
  assert.equal(headers.get('access-control-expose-headers'), 'Date, Retry-After');
  assert.equal(body.error.code, 'validator_unavailable');
});

test('other login keys are genuine for as long and for whom their scenario says', async () => {
  for (const [login_key, life_s, identity] of [
    ['short_lived', 30, IDENTITY],
    ['long_lived', 172_800, IDENTITY],
    ['plain_user', 3600, 'maria@example.com'],
  ]) {
    await sandbox.scenario({ login_key });
    const { body } = await ask();
    assert.ok(Math.abs(body.expiration - Date.now() / 1000 - life_s) < 5, login_key);
    assert.equal(body.partnerUserId, identity);
    assert.equal(body.loginKey, sign(SECRETS.GLANCE_API_KEY, GROUP_ID, identity, body.expiration));
  }
  await sandbox.scenario({ login_key: 'malformed' });
  assert.match((await ask()).body.loginKey, /^\$2\$/);
});

test('the reply of the published Function has its members, and hides the headers', async () => {
  await sandbox.scenario({ login_key: 'published' });
  // Not by `ask`, which looks for secrets: here one is there, as at the publisher's.
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ Token: 'iam-test-agent' }),
  });
  const { headers } = response;
  const body = await response.json();
  assert.deepEqual(Object.keys(body).sort(), ['apiKey', 'expiration', 'groupId', 'loginKey']);
  assert.equal(headers.get('access-control-expose-headers'), null);
});

test('works again when the scenario is put back', async () => {
  await sandbox.scenario({ function: 'down', login_key: 'expired' });
  await sandbox.reset();
  const { status, body } = await ask();
  assert.equal(status, 200);
  assert.ok(body.expiration > Date.now() / 1000);
});

/** Processes that are not mere entries of the table, as {pid, parent}. */
function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent) }];
      } catch {
        return [];
      }
    });
}

function descendants(pid) {
  const children = processes().filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child.pid, ...descendants(child.pid)]);
}

for (const [how, end] of [
  ['is told to stop', (doomed) => doomed.stop()],
  ['is killed', (doomed) => doomed.kill()],
]) {
  const skip = process.platform !== 'linux' && 'reads /proc';
  test(`no process outlives a sandbox that ${how} while a request hangs`, { skip }, async () => {
    const doomed = await startSandbox();
    const hanging = post(doomed.url, { Token: 'iam-test-hang' }).catch(() => {});
    await until(() => descendants(doomed.pid).length >= 2, 'twilio-run and its fork');
    const left = descendants(doomed.pid);
    await end(doomed);
    await until(() => !processes().some(({ pid }) => left.includes(pid)), 'all of them gone');
    await hanging;
  });
}
