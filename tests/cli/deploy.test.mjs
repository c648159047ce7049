/** `npx flex-glance-cli deploy`, from the packed package, in the sandbox's account. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import {
  ACCOUNT_SID,
  CREDENTIALS,
  GIVEN,
  SECRETS,
  startAccount,
  unpackCommand,
} from './deploy-account.mjs';

const account = await startAccount();
const command = unpackCommand(account.desktop);
after(() => {
  command.remove();
  return account.stop();
});

const FLEX = 'flex-api.twilio.com';
const names = (plugins) => plugins.map(({ unique_name, version }) => `${unique_name} ${version}`);
/** The calls that change something; the Function itself is asked by POST. */
const writes = ({ calls }) =>
  calls.filter(({ call }) => /^(?!GET )\w+ [\w-]+\.twilio\.com\//.test(call));
const featuresOf = ({ ui_attributes }) => ui_attributes.custom_data?.features;

test('a fresh account: one command, and it is live', async () => {
  command.release('0.1.0');
  await account.begin('empty');
  const { status, stdout, stderr } = await command.run(['--yes']);
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /flex-glance is not live, with no other plugins\./);
  assert.match(stdout, / 1\. Make the Functions service flex-glance\n/);
  assert.match(stdout, /\+ group_id: 20541\n/);
  assert.match(stdout, /flex-glance 0\.1\.0 is live/);
  assert.match(stdout, /OK +function\.settings/);
  assert.match(stdout, /Next:\n {2}1\. Open https:\/\/flex\.twilio\.com\//);
  assert.match(stderr, /^Release it: agents get flex-glance 0\.1\.0 when they load Flex …$/m);

  const shown = await account.show();
  const [service] = shown.services;
  const [environment] = service.environments;
  assert.deepEqual(environment.functions, [{ path: '/getloginkey', visibility: 'public' }]);
  assert.deepEqual(environment.assets, [
    { path: '/plugins/flex-glance/0.1.0/bundle.js', visibility: 'protected' },
  ]);
  assert.deepEqual(names(shown.releases.at(-1).plugins), ['flex-glance 0.1.0']);
  const [{ versions }] = shown.plugins;
  assert.equal(
    versions[0].plugin_url,
    `https://${environment.domain_name}/plugins/flex-glance/0.1.0/bundle.js`,
  );
  assert.equal(versions[0].private, true);
  assert.deepEqual(shown.serverless_service_sids, [service.sid]);
  assert.deepEqual(featuresOf(shown), {
    glance_cobrowse: {
      group_id: 20541,
      auth_url: `https://${environment.domain_name}/getloginkey`,
    },
  });
});

test('run again it changes nothing, and needs no more than the account', async () => {
  const before = writes(await account.show()).length;
  const { status, stdout } = await command.run(['--yes'], { env: CREDENTIALS });
  assert.equal(status, 0);
  assert.match(stdout, /There is nothing to do\./);
  assert.equal(writes(await account.show()).length, before);
});

test('--status tells what is live, and no value of a variable', async () => {
  const { status, stdout } = await command.run(['--status']);
  assert.equal(status, 0);
  assert.match(stdout, /flex-glance 0\.1\.0 is live/);
  assert.match(stdout, /getloginkey on node22; registered with Flex/);
  assert.match(stdout, /Variables: .*GLANCE_API_KEY/);
  const told = JSON.parse((await command.run(['--status', '--json'])).stdout);
  assert.equal(told.live, '0.1.0');
  assert.deepEqual(told.plugins, [{ name: 'flex-glance', version: '0.1.0' }]);
  assert.equal(told.settings.group_id, 20541);
});

test('a second version takes the place of the first, and --undo goes back, then away', async () => {
  command.release('0.2.0');
  const second = await command.run(['--yes', '--presence', '--json']);
  assert.equal(second.status, 0, second.stdout + second.stderr);
  const { before, plan, status, doctor } = JSON.parse(second.stdout);
  assert.deepEqual([before.live, status.live, doctor.count.error], ['0.1.0', '0.2.0', 0]);
  assert.ok(plan.some(({ changes }) => changes?.some(({ name }) => name === 'presence')));

  const back = await command.run(['--undo', '--yes']);
  assert.equal(back.status, 0, back.stderr);
  assert.match(back.stdout, /agents get flex-glance 0\.1\.0, in place of 0\.2\.0/);
  assert.match(back.stdout, /- presence: true/);
  const shown = await account.show();
  assert.deepEqual(names(shown.releases.at(-1).plugins), ['flex-glance 0.1.0']);
  assert.deepEqual(Object.keys(featuresOf(shown).glance_cobrowse).sort(), ['auth_url', 'group_id']);

  const away = await command.run(['--undo', '--yes']);
  assert.equal(away.status, 0, away.stderr);
  const bare = await account.show();
  assert.deepEqual(names(bare.releases.at(-1).plugins), []);
  assert.deepEqual(featuresOf(bare), {});
  assert.equal(bare.services.length, 1);
});

test('an older version is put in the place of a newer one by --force alone', async () => {
  command.release('0.2.0');
  assert.equal((await command.run(['--yes'])).status, 0);
  command.release('0.1.0');
  const { status, stderr } = await command.run(['--yes']);
  assert.equal(status, 1);
  assert.match(stderr, /flex-glance 0\.2\.0 is live, and this is 0\.1\.0\./);
  assert.equal((await command.run(['--yes', '--force'])).status, 0);
  assert.deepEqual(names((await account.show()).releases.at(-1).plugins), ['flex-glance 0.1.0']);
});

test('--undo --remove-service leaves nothing but the plugin that nobody loads', async () => {
  const { status, stdout } = await command.run(['--undo', '--remove-service', '--yes']);
  assert.equal(status, 0, stdout);
  const shown = await account.show();
  assert.deepEqual(shown.services, []);
  assert.deepEqual(shown.serverless_service_sids, []);
  assert.deepEqual(names(shown.releases.at(-1).plugins), []);
  const again = await command.run(['--yes']);
  assert.equal(again.status, 0, again.stderr);
  assert.match(again.stdout, /0\.1\.1-redeploy\.1 is live/);
});

test('two other plugins and others’ settings stay as they are, and come back by --undo', async () => {
  await account.begin('with_neighbours');
  const before = await account.show();
  const { status, stdout } = await command.run(['--yes', '--placement', 'both', '--no-enabled']);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /with 2 other plugins: plugin-/);
  const live = await account.show();
  const theirs = names(before.releases.at(-1).plugins);
  assert.deepEqual(names(live.releases.at(-1).plugins), [...theirs, 'flex-glance 0.1.0']);
  const { glance_cobrowse: ours, ...features } = featuresOf(live);
  assert.deepEqual([ours.placement, ours.enabled], ['both', false]);
  assert.deepEqual(features, featuresOf(before));
  assert.equal((await command.run(['--undo', '--yes'])).status, 0);
  const after = await account.show();
  assert.deepEqual(after.ui_attributes, before.ui_attributes);
  assert.deepEqual(names(after.releases.at(-1).plugins), theirs);
});

test('a dry run prints every request without a secret, and writes nothing', async () => {
  await account.begin('with_neighbours');
  const { status, stdout } = await command.run(['--dry-run']);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /POST https:\/\/serverless\.twilio\.com\/v1\/Services\n/);
  assert.match(stdout, /Key=GLANCE_API_KEY\n +Value=\(secret\)/);
  assert.match(stdout, /Content=\(bundle\.js, \d+ bytes\)/);
  assert.match(stdout, /"…":"all others as they are"/);
  assert.doesNotMatch(stdout, /warmTransfers|require_disposition/);
  assert.match(stdout, /Releases\n +ConfigurationId=\(FJ of the configuration\)/);
  assert.deepEqual(writes(await account.show()), []);
});

test('without a terminal and without --yes it shows the plan, and changes nothing', async () => {
  const { status, stdout, stderr } = await command.run([]);
  assert.equal(status, 2);
  assert.match(stdout, /^The plan:$/m);
  assert.match(stderr, /There is no terminal to ask in\. Give --yes/);
  assert.deepEqual(writes(await account.show()), []);
});

test('wrong credentials are told, and nothing of them', async () => {
  for (const env of [
    { ...GIVEN, TWILIO_AUTH_TOKEN: 'canary-token' },
    { ...GIVEN, TWILIO_API_KEY: `SK${'9'.repeat(32)}`, TWILIO_API_SECRET: 'canary-secret' },
  ]) {
    const { status, stdout, stderr } = await command.run(['--yes', '--json'], { env });
    assert.equal(status, 1);
    assert.match(stderr, /^Twilio does not accept these credentials\. Compare TWILIO_ACCOUNT_SID/);
    assert.equal(JSON.parse(stdout).error.status, 401);
  }
  const other = { ...GIVEN, TWILIO_API_KEY: `SK${'0'.repeat(32)}` };
  const env = {
    ...other,
    TWILIO_API_SECRET: 'sandbox-twilio-api-secret',
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  };
  const { status, stderr } = await command.run(['--yes'], { env });
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^These credentials are of the account AC0+, and TWILIO_ACCOUNT_SID names AC1+/,
  );
});

test('a wrong variable of the Function is named before anything is changed', async () => {
  const env = { ...GIVEN, GLANCE_API_KEY: 'canary key' };
  const { status, stderr } = await command.run(['--yes'], { env });
  assert.equal(status, 2);
  assert.match(stderr, /^In the Function, GLANCE_API_KEY has a wrong value\. Set GLANCE_API_KEY/);
  assert.deepEqual(writes(await account.show()), []);
});

test('secrets come by standard input or by .env, in whatever encoding a shell writes', async () => {
  const lines = Object.entries(GIVEN).map(([name, value]) => `${name}=${value}`);
  const file = path.join(command.home, '.env');
  for (const text of [
    Buffer.from(lines.join('\n')),
    Buffer.from(lines.join('\r')),
    // Written by > of PowerShell.
    Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le'),
  ]) {
    const piped = await command.run(['--secrets-stdin', '--dry-run'], { env: {}, input: text });
    assert.equal(piped.status, 0, piped.stderr);
    writeFileSync(file, text);
    const read = await command.run(['--dry-run'], { env: {} });
    assert.equal(read.status, 0, read.stderr);
  }
  writeFileSync(file, '');
  const nothing = await command.run(['--dry-run'], { env: {} });
  assert.equal(nothing.status, 2);
  assert.match(
    nothing.stderr,
    /^TWILIO_ACCOUNT_SID is missing: .* Set it in the environment or in \.env/,
  );
});

test('with --yes, what somebody else changes meanwhile ends it with exit code 3', async () => {
  await account.begin('with_neighbours');
  const { child, told, ended } = command.start(['--yes']);
  await new Promise((resolve) => {
    child.stderr.on('data', () => told.stderr.includes('Wait until it is built') && resolve());
  });
  const { ui_attributes } = await account.show();
  const theirs = { ...ui_attributes, theme: { isLight: true } };
  await account.other.send({
    method: 'POST',
    host: FLEX,
    path: '/v1/Configuration',
    json: { account_sid: ACCOUNT_SID, ui_attributes: theirs },
  });
  const { status, stderr } = await ended;
  assert.equal(status, 3, stderr);
  assert.match(
    stderr,
    /^While this ran, somebody changed others' settings in Flex's configuration\./m,
  );
  assert.deepEqual((await account.show()).ui_attributes, theirs);
  assert.equal((await command.run(['--yes'])).status, 0);
  assert.deepEqual((await account.show()).ui_attributes.theme, { isLight: true });
});

test('a call that goes on failing ends it, and the next run has that left to do', async () => {
  await account.begin('with_neighbours');
  await account.fault(`POST ${FLEX}/v1/PluginService/Releases`, '500', 99);
  const failed = await command.run(['--yes']);
  assert.equal(failed.status, 1);
  assert.match(
    failed.stderr,
    /Releases: Twilio answered 500.* Run the command again: it goes on from what is there\.$/m,
  );
  assert.deepEqual(names((await account.show()).releases.at(-1).plugins).length, 2);
  await account.calm();
  const { status, stdout } = await command.run(['--yes']);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /The plan:\n {2}1\. Release it: agents get flex-glance 0\.1\.0 when they load Flex\n\n/,
  );
});

test('a plugin that somebody archived ends it before anything is changed', async () => {
  await account.begin('empty');
  const plugins = '/v1/PluginService/Plugins';
  const post = (path, form) => account.other.send({ method: 'POST', host: FLEX, path, form });
  const { sid } = await post(plugins, { UniqueName: 'flex-glance' });
  await post(`${plugins}/${sid}/Archive`, {});
  const before = writes(await account.show()).length;
  const { status, stderr } = await command.run(['--yes']);
  assert.equal(status, 1);
  assert.match(stderr, /flex-glance of this account is archived, .* Ask Twilio's support\./);
  assert.equal(writes(await account.show()).length, before);
});

test('a number of others that would come back changed stops a deployment, and no look', async () => {
  await account.begin('with_neighbours');
  const credentials = `${ACCOUNT_SID}:${SECRETS.AUTH_TOKEN}`;
  await account.ask(new URL(`https://${FLEX}/v1/Configuration`), {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: `{"account_sid":"${ACCOUNT_SID}","ui_attributes":{"theirs":9007199254740993}}`,
  });
  const { status, stderr } = await command.run(['--yes']);
  assert.equal(status, 1);
  assert.match(stderr, /has the number 9007199254740993, which would be sent back changed/);
  const looked = await command.run(['--status']);
  assert.equal(looked.status, 0, looked.stderr);
});

test('stopped by Ctrl-C it says that it goes on where it was, and does', async () => {
  command.release('0.1.0');
  await account.begin('empty');
  await account.fault('POST serverless.twilio.com/v1/Services', 'timeout');
  const { child, told, ended } = command.start(['--yes']);
  // Its answer never comes.
  while (!told.stderr.includes('Make the Functions service')) await once(child.stderr, 'data');
  child.kill('SIGINT');
  const { status, stderr } = await ended;
  assert.equal(status, 130, stderr);
  assert.match(stderr, /\nStopped\. What was done so far stays: run the command again/);
  await account.calm();
  assert.equal((await command.run(['--yes'])).status, 0);
});

test('modes that exclude each other are refused', async () => {
  for (const [args, message] of [
    [['--status', '--undo'], /^--status and --undo are given/],
    [['--undo', '--presence'], /^--presence is for deploying: --undo takes back all/],
    [['--status', '--no-enabled'], /^--no-enabled is for deploying: --status changes nothing/],
    [['--remove-service'], /^--remove-service goes with --undo/],
    [['--timeout', '0'], /^--timeout takes a number of seconds/],
    [['--placement', 'left'], /^--placement takes one of header, panel, both/],
    [['--auth-token', SECRETS.AUTH_TOKEN], /^Unknown option '--auth-token'/],
  ]) {
    const { status, stderr } = await command.run(args);
    assert.equal(status, 2);
    assert.match(stderr, message);
  }
});
