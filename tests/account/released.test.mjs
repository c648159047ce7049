/** What administrators release is what Flex loads. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { startAccount } from './account.mjs';

let account;
before(async () => {
  account = await startAccount();
});
beforeEach(() => account.begin('empty'));
after(() => account.stop());

const PLUGINS = 'flex-api.twilio.com/v1/PluginService';

/** A call that has to succeed; answers with its body. */
async function done(...call) {
  const { status, body } = await account.call(...call);
  assert.ok(status < 300, `${call[0]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** A service with one asset, and with an environment in which it is deployed. */
async function deployAsset(path, content, visibility) {
  const name = { UniqueName: 'flex-glance', FriendlyName: 'flex-glance' };
  const service = await done('POST serverless.twilio.com/v1/Services', name);
  const at = `serverless.twilio.com/v1/Services/${service.sid}`;
  const environment = await done(`POST ${at}/Environments`, { UniqueName: 'production' });
  const asset = await done(`POST ${at}/Assets`, { FriendlyName: path });
  const form = new FormData();
  form.set('Path', path);
  form.set('Visibility', visibility);
  form.set('Content', new Blob([content], { type: 'application/javascript' }), 'bundle.js');
  const upload = `serverless-upload.twilio.com/v1/Services/${service.sid}/Assets/${asset.sid}`;
  const version = await done(`POST ${upload}/Versions`, form);
  const build = await done(`POST ${at}/Builds`, { AssetVersions: [version.sid] });
  assert.equal(build.status, 'building');
  while ((await done(`GET ${at}/Builds/${build.sid}/Status`)).status !== 'completed');
  await done(`POST ${at}/Environments/${environment.sid}/Deployments`, { BuildSid: build.sid });
  return environment.domain_name;
}

async function release(...versions) {
  const configuration = await done(`POST ${PLUGINS}/Configurations`, {
    Name: 'next',
    Plugins: versions.map((sid) => JSON.stringify({ plugin_version: sid, phase: 3 })),
  });
  return done(`POST ${PLUGINS}/Releases`, { ConfigurationId: configuration.sid });
}

const flexsPlugins = async () => (await fetch(`${account.twilio}/flex.twilio.com/plugins`)).json();

test('a private version comes to Flex from a protected asset that nobody else gets', async () => {
  const path = '/plugins/flex-glance/1.2.3/bundle.js';
  const domain = await deployAsset(path, '"the bundle"', 'protected');
  const plugin = await done(`POST ${PLUGINS}/Plugins`, { UniqueName: 'flex-glance' });
  const version = await done(`POST ${PLUGINS}/Plugins/${plugin.unique_name}/Versions`, {
    Version: '1.2.3',
    PluginUrl: `https://${domain}${path}`,
    Private: true,
  });
  assert.deepEqual(await flexsPlugins(), []);

  const { sid } = await release(version.sid);
  assert.equal((await done(`GET ${PLUGINS}/Releases/Active`)).sid, sid);
  const [{ name, version: number, src }] = await flexsPlugins();
  assert.deepEqual({ name, number }, { name: 'flex-glance', number: '1.2.3' });
  const bundle = await fetch(src.replace('https:/', account.twilio));
  assert.equal(await bundle.text(), '"the bundle"');
  assert.equal((await fetch(`${account.twilio}/${domain}${path}`)).status, 403);
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
