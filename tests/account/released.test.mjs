/** What administrators release is what Flex loads. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';

import { administrator, AUTH_TOKEN, deploy, PLUGINS, release, startAccount } from './account.mjs';

let account;
before(async () => {
  account = await startAccount();
});
beforeEach(() => account.begin('empty'));
after(() => account.stop());

/** A call that has to succeed; answers with its body. */
const done = (...call) => administrator(account.twilio)(...call);

/** Twilio's signature of a GET. */
const signature = (address) => createHmac('sha1', AUTH_TOKEN).update(address).digest('base64');

const flexsPlugins = async () => (await fetch(`${account.twilio}/flex.twilio.com/plugins`)).json();

test('a private version comes to Flex from a protected asset that nobody else gets', async () => {
  const path = '/plugins/flex-glance/1.2.3/bundle.js';
  const asset = { kind: 'Assets', path, visibility: 'protected', content: '"the bundle"' };
  const domain = await deploy(done, 'flex-glance', [asset]);
  const plugin = await done(`POST ${PLUGINS}/Plugins`, { UniqueName: 'flex-glance' });
  const version = await done(`POST ${PLUGINS}/Plugins/${plugin.unique_name}/Versions`, {
    Version: '1.2.3',
    PluginUrl: `https://${domain}${path}`,
    Private: true,
  });
  assert.deepEqual(await flexsPlugins(), []);

  const { sid } = await release(done, [version.sid]);
  assert.equal((await done(`GET ${PLUGINS}/Releases/Active`)).sid, sid);
  const [{ name, version: number, src }] = await flexsPlugins();
  assert.deepEqual({ name, number }, { name: 'flex-glance', number: '1.2.3' });
  const bundle = await fetch(src.replace('https:/', account.twilio));
  assert.equal(await bundle.text(), '"the bundle"');
  assert.equal((await fetch(`${account.twilio}/${domain}${path}`)).status, 400);
  const signed = { 'x-twilio-signature': signature(`https://${domain}${path}`) };
  const own = await fetch(`${account.twilio}/${domain}${path}`, { headers: signed });
  assert.equal(await own.text(), '"the bundle"');
});

test('plugins of others are what an account with neighbours has released', async () => {
  await account.begin('with_neighbours');
  const plugins = await flexsPlugins();
  assert.deepEqual(
    plugins.map(({ name }) => name),
    ['plugin-dispositions', 'plugin-dialpad'],
  );
  for (const { name, src } of plugins) {
    const bundle = await fetch(src.replace('https:/', account.twilio));
    assert.match(await bundle.text(), new RegExp(name));
  }
});

test("Flex's Configuration is set member by member, and ui_attributes as a whole", async () => {
  const configuration = 'flex-api.twilio.com/v1/Configuration';
  const before = await done(`GET ${configuration}`);
  assert.deepEqual(before.ui_attributes, { version_compatibility: 'yes' });
  const set = (members) =>
    done(`POST ${configuration}`, { account_sid: before.account_sid, ...members }, { json: true });
  await set({ ui_attributes: { version_compatibility: 'yes', theirs: 1 } });
  await set({ serverless_service_sids: [`ZS${'0'.repeat(32)}`] });
  await set({ ui_attributes: { version_compatibility: 'yes', ours: 2 } });
  const { ui_attributes, serverless_service_sids } = await done(`GET ${configuration}`);
  assert.deepEqual(ui_attributes, { version_compatibility: 'yes', ours: 2 });
  assert.equal(serverless_service_sids.length, 1);
});

test('a variable that changes counts from the next request on, without a deployment', async () => {
  const content =
    'exports.handler = (context, event, callback) => callback(null, context.TEA ?? "none");';
  const files = [{ kind: 'Functions', path: '/tea', visibility: 'public', content }];
  const domain = await deploy(done, 'teas', files);
  const tea = async () => (await fetch(`${account.twilio}/${domain}/tea`)).text();
  assert.equal(await tea(), 'none');
  const [{ sid: service, environments }] = (await account.show()).services;
  const variables = `serverless.twilio.com/v1/Services/${service}/Environments/${environments[0].sid}/Variables`;
  await done(`POST ${variables}`, { Key: 'TEA', Value: 'green' });
  assert.equal(await tea(), 'green');
  assert.doesNotMatch(JSON.stringify(await account.show()), /green/);
});

test('what runs ends with the sandbox, and leaves no file', async () => {
  const ending = await startAccount();
  const content = `exports.handler = (context, event, callback) =>
    callback(null, { pid: process.ppid, file: __filename });`;
  const files = [{ kind: 'Functions', path: '/who', visibility: 'public', content }];
  const domain = await deploy(administrator(ending.twilio), 'who', files);
  const { pid, file } = await (await fetch(`${ending.twilio}/${domain}/who`)).json();
  assert.ok(existsSync(file));
  assert.ok(process.kill(pid, 0));
  await ending.stop();
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  assert.ok(!existsSync(file));
});
