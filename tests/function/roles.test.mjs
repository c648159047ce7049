/** ALLOWED_ROLES: of which Flex roles an agent must have one. */

import { after, before, test } from 'node:test';

import { assertRefused, assertSigned } from './answers.mjs';
import { IDENTITY, SETTINGS, post, startFunction, startSandbox, tokens } from './sandbox.mjs';

let sandbox;
let fn;

before(async () => {
  sandbox = await startSandbox();
  fn = await startFunction(sandbox, { ...SETTINGS, ALLOWED_ROLES: 'supervisor, wfo.full_access' });
});

after(async () => {
  await fn.stop();
  await sandbox.stop();
});

const askWith = (roles, form) => post(fn.url, { Token: tokens.with({ roles }), ...form });

for (const roles of [['supervisor'], ['agent', 'supervisor'], ['wfo.full_access', 7]]) {
  test(`the roles ${JSON.stringify(roles)} get a key`, async () => {
    assertSigned(await askWith(roles), IDENTITY);
  });
}

for (const roles of [
  [],
  ['agent'],
  ['Supervisor'],
  ['supervisor '],
  ['supervisor,agent'],
  [['supervisor']],
  [{}],
  'supervisor',
  { 0: 'supervisor', length: 1 },
  { supervisor: true },
  null,
  ['__proto__', 'constructor'],
]) {
  test(`the roles ${JSON.stringify(roles)} get none`, async () => {
    assertRefused(await askWith(roles), 403, 'role_not_allowed');
  });
}

test('whoever has no role that is allowed learns nothing about partneruserid', async () => {
  assertRefused(await askWith(['agent'], { partneruserid: 'alice' }), 403, 'role_not_allowed');
});
