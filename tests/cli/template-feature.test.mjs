/** `flex-glance template-feature`, out of the packed package. The matrix builds what it writes, and clicks in it. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { unpackPackage } from './package.mjs';

const { home, remove, run } = unpackPackage();
after(remove);

const SETTINGS = 'flex-config/ui_attributes.common.json';
const FOREIGN = { custom_data: { language: 'en-US', features: { caller_id: { enabled: true } } } };

/** A folder as the template's, with what is there before. */
function template(name, { plugins = ['plugin-flex-ts-template-v2'], attributes = FOREIGN } = {}) {
  for (const plugin of plugins) {
    mkdirSync(path.join(home, name, plugin, 'src', 'feature-library'), { recursive: true });
  }
  mkdirSync(path.join(home, name, 'flex-config'), { recursive: true });
  if (attributes) write(path.join(name, SETTINGS), `${JSON.stringify(attributes, null, 4)}\n`);
  return name;
}

const write = (file, text) => writeFileSync(path.join(home, file), text);
const read = (...names) => readFileSync(path.join(home, ...names), 'utf8');
const feature = (name, plugin = 'plugin-flex-ts-template-v2') =>
  path.join(name, plugin, 'src', 'feature-library', 'glance-cobrowse');

test('it writes the feature, and its settings switched off beside those that are there', () => {
  const name = template('whole');
  const { status, stdout, stderr } = run('template-feature', name, '--group-id', '20541');
  assert.deepEqual([status, stderr], [0, '']);
  for (const file of ['index.ts', 'config.ts', 'flex-hooks/components/TaskCanvasHeader.ts']) {
    assert.ok(existsSync(path.join(home, feature(name), file)), file);
  }
  const { custom_data } = JSON.parse(read(name, SETTINGS));
  const { glance_cobrowse, ...others } = custom_data.features;
  assert.deepEqual({ ...custom_data, features: others }, FOREIGN.custom_data);
  assert.deepEqual(glance_cobrowse, {
    enabled: false,
    group_id: 20541,
    auth_url: 'https://<YOUR_SERVERLESS_DOMAIN>/features/glance-cobrowse/flex/getloginkey',
    environment: 'production',
  });
  assert.match(read(name, SETTINGS), /^\{\n {4}"custom_data"/);
  assert.match(stdout, /switch it on/);
});

test('the Function is brought along where the template keeps its own, and one that is there stays', () => {
  const functions = 'serverless-functions/src/functions';
  const at = `${functions}/features/glance-cobrowse/flex/getloginkey.js`;
  const fresh = template('functions');
  mkdirSync(path.join(home, fresh, functions), { recursive: true });
  const { stdout } = run('template-feature', fresh);
  assert.match(read(fresh, at), /exports\.handler/);
  assert.match(stdout, /set GLANCE_API_KEY, GLANCE_GROUP_ID and GLANCE_EXPIRATION for /);

  const mine = template('functions-mine');
  mkdirSync(path.join(home, mine, path.dirname(at)), { recursive: true });
  write(path.join(mine, at), 'mine');
  assert.equal(run('template-feature', mine).status, 0);
  assert.equal(read(mine, at), 'mine');
});

test('the plugin’s own folder will do', () => {
  const name = template('within');
  const { status } = run('template-feature', path.join(name, 'plugin-flex-ts-template-v2'));
  assert.equal(status, 0);
  assert.ok(JSON.parse(read(name, SETTINGS)).custom_data.features.glance_cobrowse);
});

test('line ends of Windows stay, and so does all that is in the file', () => {
  const name = template('windows');
  const text = read(name, SETTINGS).replaceAll('\n', '\r\n');
  write(path.join(name, SETTINGS), text);
  assert.equal(run('template-feature', name).status, 0);
  const written = read(name, SETTINGS);
  assert.ok(JSON.parse(written).custom_data.features.glance_cobrowse);
  assert.doesNotMatch(written, /[^\r]\n/);
  assert.ok(written.startsWith(text.split('}')[0]), written);
});

test('settings that are there already are left as they are', () => {
  const mine = { custom_data: { features: { glance_cobrowse: { enabled: true } } } };
  const name = template('mine', { attributes: mine });
  const before = read(name, SETTINGS);
  assert.equal(run('template-feature', name).status, 0);
  assert.equal(read(name, SETTINGS), before);
});

test('settings that cannot be written are shown, for the administrator to put them in', () => {
  for (const [name, attributes] of [
    ['none', null],
    ['odd', { custom_data: 'x' }],
    ['list', { custom_data: { features: [] } }],
    ['exact', { custom_data: { features: {}, id: 'NUMBER' } }],
  ]) {
    template(name, { attributes });
    const before = attributes && read(name, SETTINGS).replace('"NUMBER"', '9007199254740993');
    if (before) write(path.join(name, SETTINGS), before);
    const { status, stdout } = run('template-feature', name);
    assert.equal(status, 0);
    assert.match(stdout, /put these settings into custom_data\.features/);
    assert.match(stdout, /"glance_cobrowse": \{\n/);
    if (before) assert.equal(read(name, SETTINGS), before);
  }
});

test('a feature that is there is not written over', () => {
  const name = template('twice');
  run('template-feature', name);
  write(path.join(feature(name), 'config.ts'), 'mine');
  const { status, stderr } = run('template-feature', name);
  assert.equal(status, 2);
  assert.match(stderr, /glance-cobrowse is there already\. Remove it/);
  assert.equal(read(feature(name), 'config.ts'), 'mine');
});

for (const [what, args, told] of [
  ['no folder', [], /Name the folder of your copy/],
  ['a folder that is no template', ['plain'], /plain is no copy of Twilio's Flex project template/],
  ['a folder that is not there', ['gone'], /gone is no copy/],
  ['a file', ['file'], /file is no copy/],
  ['two plugins', ['two'], /several plugins .*plugin-a.*plugin-b/],
  ['a wrong group', ['ok', '--group-id', 'x'], /--group-id takes the Group ID/],
  ['a wrong address', ['ok', '--auth-url', 'ftp://x'], /--auth-url takes the https address/],
]) {
  test(`${what} is refused, and nothing is written`, () => {
    mkdirSync(path.join(home, 'plain'), { recursive: true });
    write('file', '');
    template('two', { plugins: ['plugin-a', 'plugin-b'] });
    template('ok');
    const { status, stderr } = run('template-feature', ...args);
    assert.equal(status, 2);
    assert.match(stderr, told);
    assert.ok(!existsSync(path.join(home, feature('ok'))));
  });
}
