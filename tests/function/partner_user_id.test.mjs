/** Which claim of the token is signed, and which are taken for the agent's own. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { assertRefused, assertSigned } from './answers.mjs';
import { SETTINGS, post, startFunction, startSandbox, tokens } from './sandbox.mjs';

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
  ['escapes half a character', 'mlopez_C3'],
]) {
  test(`an identity that ${what} has no decoded form`, async () => {
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
