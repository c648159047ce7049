/** Which claim of the token is signed, which are taken for the agent's own, and Flex's escaping. */

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { assertRefused, assertSigned } from './answers.mjs';
import { SETTINGS, post, startFunction, startSandbox, tokens } from './sandbox.mjs';

const require = createRequire(import.meta.url);
const { decode } = require('../../functions/getloginkey.js');

const AGENT = {
  identity: 'm_2Elopez_40example_2Ecom',
  decoded: 'm.lopez@example.com',
  realm: 'mlopez',
};

/** The token of an agent; without a second argument Twilio tells no name at the identity provider. */
const tokenOf = (identity, realm_user_id) => tokens.with({ identity, realm_user_id });

let sandbox;
const functions = {};

before(async () => {
  sandbox = await startSandbox();
  for (const claim of Object.keys(AGENT)) {
    functions[claim] = await startFunction(sandbox, { ...SETTINGS, PARTNER_USER_ID: claim });
  }
});

after(async () => {
  await Promise.all(Object.values(functions).map((fn) => fn.stop()));
  await sandbox.stop();
});

for (const [claim, signed] of Object.entries(AGENT)) {
  describe(`with PARTNER_USER_ID=${claim}`, () => {
    const ask = (form) =>
      post(functions[claim].url, { Token: tokenOf(AGENT.identity, AGENT.realm), ...form });

    for (const asked of [undefined, ...Object.values(AGENT)]) {
      test(`${signed} is signed for whoever asks for ${asked ?? 'nobody'}`, async () => {
        assertSigned(await ask(asked && { partneruserid: asked }), signed);
      });
    }

    for (const asked of ['m.lopez_40example.com', 'm.lopez@example.com ', 'alice', 'undefined']) {
      test(`nothing is signed for ${JSON.stringify(asked)}`, async () => {
        assertRefused(await ask({ partneruserid: asked }), 403, 'identity_mismatch');
      });
    }
  });
}

// ---- A form that the agent does not have

for (const [what, identity] of [
  ['is not escaped', 'm.lopez@example.com'],
  ['ends within an escape', 'mlopez_4'],
  ['ends with an underscore', 'mlopez_'],
  ['has an escape that is no number', 'mlopez_4G'],
  ['has an escape in small letters', 'mlopez_2ecom'],
  ['escapes a letter', 'mlopez_41'],
  ['escapes half a character', 'mlopez_C3'],
  ['escapes a full stop in too many bytes', 'mlopez_C0_AE'],
  ['escapes half a surrogate pair', 'mlopez_ED_A0_80'],
]) {
  test(`an identity that ${what} has no decoded form`, async () => {
    assert.equal(decode(identity), undefined);
    const answer = await post(functions.decoded.url, { Token: tokenOf(identity, 'mlopez') });
    assertRefused(answer, 500, 'configuration');
    assert.match(answer.body.error.message, /PARTNER_USER_ID asks for a form/);
    assert.ok(!answer.text.includes(identity));
    assertSigned(await post(functions.identity.url, { Token: tokenOf(identity) }), identity);
  });
}

for (const realm of [null, '', 7, ['mlopez'], { toString: 'mlopez' }]) {
  test(`realm_user_id ${JSON.stringify(realm)} is no name to sign`, async () => {
    const answer = await post(functions.realm.url, { Token: tokenOf(AGENT.identity, realm) });
    assertRefused(answer, 500, 'configuration');
    assert.match(answer.body.error.message, /PARTNER_USER_ID asks for a form/);
  });
}

test('a token without an identity is no verdict, whatever is to be signed', async () => {
  for (const identity of [null, '', 7, ['mlopez'], {}]) {
    const answer = await post(functions.realm.url, { Token: tokenOf(identity, 'mlopez') });
    assertRefused(answer, 503, 'validator_unavailable');
  }
});

test('half a surrogate pair, which would be signed as any other half, is no identity', async () => {
  const Token = tokens.says(200, '{"valid":true,"identity":"a\\ud800"}');
  assertRefused(await post(functions.identity.url, { Token }), 503, 'validator_unavailable');
});

// ---- Flex's escaping

for (const [identity, text] of [
  ['maria', 'maria'],
  ['maria_40example_2Ecom', 'maria@example.com'],
  ['a_5Fb', 'a_b'],
  ['a_2D_2Bb', 'a-+b'],
  ['a_5F40b', 'a_40b'],
  ['j_C3_B6rg', 'jörg'],
  ['_E6_97_A5_E6_9C_AC', '日本'],
  ['_F0_9F_99_82', '🙂'],
  ['_EF_BB_BFa', '\uFEFFa'],
  ['_00_0D_0A', '\0\r\n'],
]) {
  test(`${identity} is the escaped form of ${JSON.stringify(text)}`, () => {
    assert.equal(decode(identity), text);
  });
}

test('no two identities decode to the same text', () => {
  const pieces = ['_', '__', 'a', 'A', '4', '0', '2E', '2e', '40', '_40', '_2E', '_C3', '_A9', '.'];
  const seen = new Map();
  for (let i = 0; i < 50_000; i += 1) {
    const length = randomInt(1, 6);
    const identity = Array.from({ length }, () => pieces[randomInt(pieces.length)]).join('');
    const text = decode(identity);
    if (text !== undefined) {
      assert.equal(seen.get(text) ?? identity, identity, JSON.stringify(text));
      seen.set(text, identity);
    }
  }
  assert.ok(seen.size > 100, `only ${seen.size} had a decoded form`);
});
