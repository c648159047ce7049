/** Twilio's own clients complete their own flows against the stand-in, unchanged: they prove it, not us. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { IDENTITY, ROOT, tokens } from '../function/sandbox.mjs';
import { ACCOUNT_SID, API_KEY, API_SECRET, AUTH_TOKEN, startAccount } from './account.mjs';

let account;
before(async () => {
  account = await startAccount('empty');
});
after(() => account.stop());

const program = (lines) => ['--input-type=module', '-e', lines];

test('@twilio-labs/serverless-api deploys a project, and the project answers', async () => {
  const { code, stdout, stderr } = await account.node(
    program(`
      import serverless from '@twilio-labs/serverless-api';
      const client = new serverless.TwilioServerlessApiClient({ username: '${API_KEY}', password: '${API_SECRET}' });
      const made = await client.deployProject({
        serviceName: 'project', functionsEnv: 'dev', uiEditable: true, env: { GREETING: 'Hello' },
        pkgJson: { dependencies: { lodash: '4.17.21' } },
        functions: [{ name: '/greet', path: '/greet', access: 'public',
          content: 'exports.handler = (context, event, callback) => callback(null, context.GREETING + " " + event.name);' }],
        assets: [{ name: '/a.txt', path: '/a.txt', access: 'public', content: 'an asset' }],
      });
      console.log(JSON.stringify(made));
    `),
  );
  assert.equal(code, 0, stderr);
  const { domain } = JSON.parse(stdout);
  assert.match(domain, /^project-\d{4}-dev\.twil\.io$/);
  const at = (path) => fetch(`${account.twilio}/${domain}${path}`).then((answer) => answer.text());
  assert.equal(await at('/greet?name=Ann'), 'Hello Ann');
  assert.equal(await at('/a.txt'), 'an asset');
});

test('twilio-run deploy deploys the login-key Function, which asks who the agent is', async (t) => {
  const project = await mkdtemp(join(tmpdir(), 'project-'));
  t.after(() => rm(project, { recursive: true }));
  await mkdir(join(project, 'functions'));
  await cp(`${ROOT}/functions/package.json`, join(project, 'package.json'));
  await cp(`${ROOT}/functions/getloginkey.js`, join(project, 'functions/getloginkey.js'));
  const { code, stderr } = await account.node(
    [
      `${ROOT}/node_modules/twilio-run/bin/twilio-run.js`,
      ...['deploy', '--cwd', project, '--service-name', 'keys', '--runtime', 'node22'],
      ...['--username', ACCOUNT_SID, '--password', AUTH_TOKEN, '--production'],
      '--override-existing-project',
    ],
    { HOME: project },
    project,
  );
  assert.equal(code, 0, stderr);
  const { services } = await account.show();
  const { environments } = services.find((service) => service.unique_name === 'keys');
  const [{ domain_name: domain, functions }] = environments;
  assert.deepEqual(functions, [{ path: '/getloginkey', visibility: 'public' }]);
  const answer = await fetch(`${account.twilio}/${domain}/getloginkey`, {
    method: 'POST',
    body: new URLSearchParams({ Token: tokens.as(IDENTITY) }),
  });
  assert.equal((await answer.json()).error.name, 'GLANCE_EXPIRATION');
});
