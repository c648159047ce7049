/** The stand-in refuses what Twilio documents as refused: credentials, fields, names, order. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { API_KEY, API_SECRET, startAccount } from './account.mjs';

let account;
before(async () => {
  account = await startAccount();
});
beforeEach(() => account.begin('empty'));
after(() => account.stop());

const SERVERLESS = 'serverless.twilio.com/v1/Services';
const UPLOAD = 'serverless-upload.twilio.com/v1/Services';
const PLUGINS = 'flex-api.twilio.com/v1/PluginService';
const CONFIGURATION = 'flex-api.twilio.com/v1/Configuration';
const NAMED = { UniqueName: 'ours', FriendlyName: 'ours' };

async function done(...call) {
  const { status, body } = await account.call(...call);
  assert.ok(status < 300, `${call[0]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The call is refused, with this status and, in Twilio's shape, with a sentence. */
async function refused(status, sentence, ...call) {
  const { status: given, body } = await account.call(...call);
  assert.equal(given, status, `${call[0]}: ${JSON.stringify(body)}`);
  assert.deepEqual(Object.keys(body).sort(), ['code', 'message', 'more_info', 'status']);
  assert.equal(body.status, status);
  assert.match(body.message, sentence);
}

async function service() {
  const { sid } = await done(`POST ${SERVERLESS}`, NAMED);
  return sid;
}

function upload(path, content = '"x"', visibility = 'public') {
  const form = new FormData();
  form.set('Path', path);
  form.set('Visibility', visibility);
  form.set('Content', new Blob([content]), 'bundle.js');
  return form;
}

/** A version of a new asset. */
async function version(at, path) {
  const asset = await done(`POST ${SERVERLESS}/${at}/Assets`, { FriendlyName: path });
  return done(`POST ${UPLOAD}/${at}/Assets/${asset.sid}/Versions`, upload(path));
}

async function plugin(name = 'ours', number = '1.0.0') {
  await done(`POST ${PLUGINS}/Plugins`, { UniqueName: name });
  const bundle = { Version: number, PluginUrl: 'https://example.com/bundle.js' };
  return done(`POST ${PLUGINS}/Plugins/${name}/Versions`, bundle);
}

const configured = (...sids) => ({
  Name: 'next',
  Plugins: sids.map((sid) => JSON.stringify({ plugin_version: sid, phase: 3 })),
});

test('credentials of nobody are refused everywhere, and an API key is as good as the token', async () => {
  for (const call of [
    `GET ${SERVERLESS}`,
    `POST ${UPLOAD}/ZS0/Assets/ZH0/Versions`,
    `GET ${PLUGINS}/Plugins`,
    `GET ${CONFIGURATION}`,
  ]) {
    for (const wrong of [{ password: 'wrong' }, { user: API_KEY }, { user: 'AC1' }]) {
      await refused(401, /^Authenticate$/, call, undefined, wrong);
    }
  }
  const key = { user: API_KEY, password: API_SECRET };
  assert.equal((await account.call(`GET ${SERVERLESS}`, undefined, key)).status, 200);
});

test('fields that are unknown, missing, given twice or of another type are refused', async () => {
  await refused(400, /Unknown parameter Colour/, `POST ${SERVERLESS}`, { ...NAMED, Colour: 'red' });
  await refused(400, /Missing.* FriendlyName/, `POST ${SERVERLESS}`, { UniqueName: 'ours' });
  await refused(400, /Missing.* UniqueName/, `POST ${SERVERLESS}`, { FriendlyName: 'ours' });
  await refused(400, /UniqueName.*twice/, `POST ${SERVERLESS}`, {
    ...NAMED,
    UniqueName: ['a', 'b'],
  });
  await refused(400, /UiEditable/, `POST ${SERVERLESS}`, { ...NAMED, UiEditable: 'maybe' });
  await refused(415, /media type/, `POST ${SERVERLESS}`, NAMED, { json: true });
  await refused(400, /Unknown parameter Sort/, `GET ${SERVERLESS}?Sort=name`);
  const json = { json: true };
  await refused(400, /account_sid/, `POST ${CONFIGURATION}`, { ui_attributes: {} }, json);
  const sid = { account_sid: `AC${'0'.repeat(32)}` };
  await refused(400, /colour/, `POST ${CONFIGURATION}`, { ...sid, colour: 1 }, json);
  const text = { ...sid, ui_attributes: 'text' };
  await refused(400, /ui_attributes/, `POST ${CONFIGURATION}`, text, json);
  const at = await service();
  const { sid: asset } = await done(`POST ${SERVERLESS}/${at}/Assets`, { FriendlyName: 'a' });
  const versions = `POST ${UPLOAD}/${at}/Assets/${asset}/Versions`;
  await refused(400, /Visibility/, versions, upload('/a.js', 'x', 'secret'));
  await refused(400, /Path/, versions, upload('a.js'));
  await refused(415, /media type/, versions, { Path: '/a.js', Visibility: 'public' });
});

test('a name is given once', async () => {
  const at = await service();
  await refused(409, /already exists/, `POST ${SERVERLESS}`, NAMED);
  const environments = `POST ${SERVERLESS}/${at}/Environments`;
  const { sid } = await done(environments, { UniqueName: 'production' });
  await refused(409, /already exists/, environments, {
    UniqueName: 'production',
    DomainSuffix: 'b',
  });
  await refused(409, /already exists/, environments, { UniqueName: 'other' });
  const variables = `POST ${SERVERLESS}/${at}/Environments/${sid}/Variables`;
  const variable = await done(variables, { Key: 'A', Value: '1' });
  await refused(409, /already exists/, variables, { Key: 'A', Value: '2' });
  assert.equal((await done(`${variables}/${variable.sid}`, { Value: '3' })).value, '3');
  await refused(400, /450 bytes/, variables, { Key: 'B', Value: 'x'.repeat(451) });
  await plugin();
  await refused(409, /already exists/, `POST ${PLUGINS}/Plugins`, { UniqueName: 'ours' });
  const again = { Version: '1.0.0', PluginUrl: 'https://example.com/other.js' };
  await refused(409, /already exists/, `POST ${PLUGINS}/Plugins/ours/Versions`, again);
  const none = { ...again, Version: 'newest' };
  await refused(400, /semantic/, `POST ${PLUGINS}/Plugins/ours/Versions`, none);
});

test('steps out of order are refused', async () => {
  const at = await service();
  const { sid: environment } = await done(`POST ${SERVERLESS}/${at}/Environments`, {
    UniqueName: 'production',
  });
  const builds = `POST ${SERVERLESS}/${at}/Builds`;
  const deployments = `POST ${SERVERLESS}/${at}/Environments/${environment}/Deployments`;
  await refused(400, /ZB0/, deployments, { BuildSid: 'ZB0' });
  await refused(400, /ZN0/, builds, { AssetVersions: ['ZN0'] });
  await refused(400, /at least one/, builds, {});
  const one = await version(at, '/a.js');
  const other = await version(at, '/a.js');
  const both = { AssetVersions: [one.sid, other.sid] };
  await refused(400, /path \/a\.js/, builds, both);
  await refused(400, /Runtime/, builds, { AssetVersions: one.sid, Runtime: 'node9' });
  const build = await done(builds, { AssetVersions: one.sid });
  await refused(400, /is building/, deployments, { BuildSid: build.sid });
  await refused(404, /not found/, `GET ${PLUGINS}/Releases/Active`);
  await refused(400, /FJ0/, `POST ${PLUGINS}/Releases`, { ConfigurationId: 'FJ0' });
  await refused(400, /FV0/, `POST ${PLUGINS}/Configurations`, configured('FV0'));
  await refused(404, /not found/, `POST ${PLUGINS}/Plugins/none/Versions`, {
    Version: '1.0.0',
    PluginUrl: 'https://example.com/bundle.js',
  });
});

test('what is archived is not configured, and what is not is released once it is', async () => {
  const { sid } = await plugin();
  const { sid: twice } = await done(`POST ${PLUGINS}/Plugins/ours/Versions`, {
    Version: '1.1.0',
    PluginUrl: 'https://example.com/bundle.js',
  });
  await refused(400, /twice/, `POST ${PLUGINS}/Configurations`, configured(sid, twice));
  const first = await done(`POST ${PLUGINS}/Configurations`, configured(sid));
  await done(`POST ${PLUGINS}/Plugins/ours/Versions/1.0.0/Archive`);
  await refused(400, /archived/, `POST ${PLUGINS}/Configurations`, configured(sid));
  await done(`POST ${PLUGINS}/Releases`, { ConfigurationId: first.sid });
  await refused(400, /released/, `POST ${PLUGINS}/Configurations/${first.sid}/Archive`);
  const second = await done(`POST ${PLUGINS}/Configurations`, configured(twice));
  await done(`POST ${PLUGINS}/Configurations/${second.sid}/Archive`);
  await refused(400, /archived/, `POST ${PLUGINS}/Releases`, { ConfigurationId: second.sid });
});

test('a list comes in pages that lead to one another, the newest first', async () => {
  for (const name of ['a', 'b', 'c']) await done(`POST ${PLUGINS}/Plugins`, { UniqueName: name });
  const names = [];
  let next = `https://${PLUGINS}/Plugins?PageSize=2`;
  while (next) {
    const { plugins, meta } = await done(`GET ${next.slice('https://'.length)}`);
    names.push(plugins.map((it) => it.unique_name));
    assert.equal(meta.page_size, 2);
    next = meta.next_page_url;
  }
  assert.deepEqual(names, [['c', 'b'], ['a']]);
});

test('everything else in the account can be read, changed and deleted', async () => {
  const at = await service();
  const own = `${SERVERLESS}/${at}`;
  assert.equal((await done(`POST ${own}`, { FriendlyName: 'New' })).friendly_name, 'New');
  const { sid: fn } = await done(`POST ${own}/Functions`, { FriendlyName: 'f' });
  const text = 'exports.handler = () => {};';
  const { sid } = await done(`POST ${UPLOAD}/${at}/Functions/${fn}/Versions`, upload('/f', text));
  assert.equal((await done(`GET ${own}/Functions/${fn}/Versions/${sid}/Content`)).content, text);
  for (const call of [
    `${own}/Functions`,
    `${own}/Functions/${fn}`,
    `${own}/Functions/${fn}/Versions`,
    `${own}/Functions/${fn}/Versions/${sid}`,
    `${own}/Builds`,
    `${own}/Environments`,
    `${SERVERLESS}`,
    `${SERVERLESS}/ours`,
    `${PLUGINS}/Configurations`,
    `${PLUGINS}/Releases`,
    CONFIGURATION,
  ]) {
    await done(`GET ${call}`);
  }
  await done(`DELETE ${own}/Functions/${fn}`);
  await refused(404, /not found/, `GET ${own}/Functions/${fn}`);
  await done(`DELETE ${own}`);
  await refused(404, /not found/, `GET ${own}`);
  await refused(405, /not allowed/, `DELETE ${SERVERLESS}`);
});

test('a call fails on purpose, as often as it was ordered', async () => {
  const call = `POST ${SERVERLESS}`;
  await account.fault(call, '500');
  await refused(500, /Internal/, call, NAMED);
  await account.fault(call, '429');
  const { status, headers } = await account.call(call, NAMED);
  assert.deepEqual([status, headers.get('retry-after')], [429, '1']);
  await account.fault(call, 'dropped');
  await assert.rejects(account.call(call, NAMED));
  assert.deepEqual((await account.show()).services, []);
  await account.fault(call, 'dropped_after');
  await assert.rejects(account.call(call, NAMED));
  const { services, calls } = await account.show();
  assert.equal(services.length, 1);
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    [500, 429, 'dropped', 'dropped_after'],
  );

  const at = services[0].sid;
  const { sid } = await version(at, '/a.js');
  await account.fault(`POST ${SERVERLESS}/${at}/Builds`, 'build_failed');
  const build = await done(`POST ${SERVERLESS}/${at}/Builds`, { AssetVersions: sid });
  const looks = [];
  do looks.push((await done(`GET ${SERVERLESS}/${at}/Builds/${build.sid}/Status`)).status);
  while (looks.at(-1) === 'building');
  assert.deepEqual([looks.at(-1), looks.length > 1], ['failed', true]);
});
