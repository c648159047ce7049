/** `flex-glance init`, out of the packed package. The matrix builds what it writes, and clicks in it. */

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { unpackPackage } from './package.mjs';

const { home, remove, run } = unpackPackage();
after(remove);

const read = (...names) => readFileSync(path.join(home, ...names), 'utf8');
const list = (folder) =>
  readdirSync(path.join(home, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(home, folder), path.join(entry.parentPath, entry.name)))
    .sort();

const GIVEN = ['--group-id', '20541', '--auth-url', 'https://shop-1.twil.io/getloginkey'];

test('it writes a plugin in the shape of the official template', () => {
  const { status, stdout, stderr } = run('init', 'plugin-shop', ...GIVEN);
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(list('plugin-shop'), [
    '.gitignore',
    'README.md',
    'jest.config.js',
    'package.json',
    'public/appConfig.js',
    'src/ShopPlugin.js',
    'src/__tests__/ShopPlugin.test.js',
    'src/index.js',
    'webpack.config.js',
    'webpack.dev.js',
  ]);
  const plugin = read('plugin-shop', 'src', 'ShopPlugin.js');
  assert.match(plugin, /groupid: 20541,\n\s+authurl: 'https:\/\/shop-1\.twil\.io\/getloginkey',/);
  assert.match(stdout, /1\. cd plugin-shop/);
});

test('nothing of the template is left in what it writes', () => {
  for (const kind of [[], ['--typescript']]) {
    const name = `plugin-left-${kind.length}`;
    run('init', name, ...GIVEN, ...kind);
    for (const file of list(name)) {
      assert.doesNotMatch(
        read(name, file),
        /TemplatePlugin|GROUP_ID|AUTH_URL|ENVIRONMENT|PROJECT_NAME/,
      );
    }
  }
});

test('who gives neither group nor Function is told where they belong', () => {
  const { stdout } = run('init', 'plugin-bare', '--typescript');
  assert.match(stdout, /1\. put your Glance group .* into plugin-bare\/src\/BarePlugin\.ts/);
});

test('a packed file of flex-glance is named from the new folder', () => {
  writeFileSync(path.join(home, 'flex-glance-9.9.9.tgz'), '');
  run('init', 'plugin-file', ...GIVEN, '--package', 'flex-glance-9.9.9.tgz');
  const { dependencies } = JSON.parse(read('plugin-file', 'package.json'));
  assert.equal(dependencies['flex-glance'], 'file:../flex-glance-9.9.9.tgz');
});

test('a folder that is there and not empty stays as it is', () => {
  mkdirSync(path.join(home, 'plugin-mine'));
  writeFileSync(path.join(home, 'plugin-mine', 'package.json'), '{}');
  const { status, stderr } = run('init', 'plugin-mine', ...GIVEN);
  assert.equal(status, 2);
  assert.match(stderr, /^plugin-mine is there and not empty\. Name a new folder\./);
  assert.equal(read('plugin-mine', 'package.json'), '{}');
});

test('a file of that name stays as it is', () => {
  writeFileSync(path.join(home, 'plugin-file-of-mine'), 'mine');
  const { status, stderr } = run('init', 'plugin-file-of-mine', ...GIVEN);
  assert.equal(status, 2);
  assert.match(stderr, /^plugin-file-of-mine is there and not empty\. Name a new folder\./);
  assert.equal(read('plugin-file-of-mine'), 'mine');
});

test('an address is filled in as it was given, whatever is in it', () => {
  const address = 'https://shop.example/ENVIRONMENT/$&?PROJECT_NAME';
  run('init', 'plugin-odd', '--group-id', '20541', '--auth-url', address);
  assert.ok(read('plugin-odd', 'src', 'OddPlugin.js').includes(`authurl: '${address}'`));
});

test('what is next can be typed as it is told, also where a folder has a blank in its name', () => {
  const { stdout } = run('init', path.join('my plugins', 'plugin-blank'), ...GIVEN);
  assert.match(stdout, /1\. cd "my plugins.plugin-blank" && npm install/);
});

test('what is missing or wrong is named, and nothing is written', () => {
  const cases = [
    [[], /^Name the folder to write/],
    [['shop'], /^"shop" is no name for a Flex plugin: it begins with plugin-/],
    [['plugin-Shop'], /^"plugin-Shop" is no name/],
    [['plugin-a', '--group-id', 'none'], /^--group-id takes/],
    [['plugin-a', '--auth-url', 'http://shop.example/x'], /^--auth-url takes/],
    [['plugin-a', '--auth-url', "https://shop.example/'+alert(1)+'"], /^--auth-url takes/],
    [['plugin-a', '--environment', 'test'], /^--environment takes one of production/],
    [['plugin-a', '--package', 'none.tgz'], /^--package: there is no file none\.tgz/],
    [['plugin-a', 'plugin-b'], /^"plugin-b" is one word too many/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = run('init', ...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
  }
  assert.ok(!readdirSync(home).includes('plugin-a'));
});
