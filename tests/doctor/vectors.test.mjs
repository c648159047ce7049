/** What the doctor judges itself, it judges by the rules of the component: both run the cases of `vectors/`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgeSettings } from '../../cli/src/doctor/settings.mjs';
import { isAcceptable, originOf } from '../../src/doctor/address.mjs';
import { ENVIRONMENTS, environmentOfScript } from '../../src/doctor/environment.mjs';
import { decodeIdentity } from '../../src/doctor/identity.mjs';
import { judgeKey } from '../../src/doctor/judge/key.mjs';
import { judgePage } from '../../src/doctor/judge/page.mjs';
import { trim } from '../../src/doctor/white-space.mjs';
import { vectors } from '../vectors.mjs';

for (const { given, acceptable, origin, why } of vectors('address')) {
  test(`the address ${JSON.stringify(given)}: ${why}`, () => {
    assert.equal(isAcceptable(given), acceptable);
    assert.equal(originOf(given) ?? null, origin);
    if (acceptable && !given.includes('[')) assert.doesNotThrow(() => new URL(given));
  });
}

test('settings of the command line are judged by these rules', () => {
  const statusOf = (settings) => judgeSettings(settings).map(({ status }) => status);
  for (const { given, acceptable, origin, why } of vectors('address')) {
    // White space around a prop is left out.
    if (given !== trim(given) || given === '') continue;
    assert.deepEqual(statusOf({ authurl: given }), [acceptable ? 'ok' : 'error'], why);
    assert.deepEqual(statusOf({ hosts: { web: given } }), [origin === null ? 'error' : 'ok'], why);
  }
});

test('the servers of each environment are those of the component', () => {
  assert.deepEqual(ENVIRONMENTS, vectors('hosts'));
  for (const [name, { cdn }] of Object.entries(ENVIRONMENTS)) {
    assert.equal(environmentOfScript(new URL(cdn).hostname), name);
  }
});

const escape = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');

test('data-visitorid of a script tag has to be a session key as it stands', () => {
  for (const { given, key, why } of vectors('session_key')) {
    if (typeof given !== 'string') continue;
    const body = `<script id="glance-cobrowse" src="https://www.glancecdn.net/cobrowse/CobrowseJS.ashx?group=12345&amp;site=production" data-visitorid="${escape(given)}"></script>`;
    const page = { status: 200, url: 'https://shop.example/', headers: {}, body };
    const findings = judgePage(page, {});
    const { status } = findings.find(({ check }) => check === 'visitor.script.visitorid');
    assert.equal(status === 'ok', given === key, `${given}: ${why}`);
  }
});

for (const { given, key, why } of vectors('login_key_form')) {
  test(`as a login key ${JSON.stringify(given)}: ${why}`, () => {
    const [{ check, status, seen }] = judgeKey({ loginKey: given }, { nowMs: 0, doubtMs: 0 });
    assert.equal(check, 'key.form');
    assert.equal(status === 'ok', key !== null, seen);
  });
}

for (const { identity, decoded, why } of vectors('identity')) {
  test(`the identity ${JSON.stringify(identity)}: ${why}`, () => {
    assert.equal(decodeIdentity(identity), decoded ?? identity);
  });
}
