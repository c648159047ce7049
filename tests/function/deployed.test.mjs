/** The Function as it is deployed: as a project of the Serverless Toolkit, and pasted by itself. */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { assertRefused, assertSigned } from './answers.mjs';
import {
  IDENTITY,
  ROOT,
  SETTINGS,
  post,
  sandboxed,
  startFunction,
  startSandbox,
} from './sandbox.mjs';

const require = createRequire(import.meta.url);
const { fsHelpers } = require('@twilio-labs/serverless-api');

const FUNCTIONS = path.join(ROOT, 'functions');
const README = readFileSync(path.join(FUNCTIONS, 'README.md'), 'utf8');

let sandbox;
let folder;

before(async () => {
  sandbox = await startSandbox();
  // Outside the project, so that no package of its own is found by accident.
  folder = mkdtempSync(path.join(tmpdir(), 'glance-login-key-'));
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.stop();
});

/** Lays out the project with the commands that the README gives. */
function layOut() {
  const [, commands] = README.match(/```sh\n(mkdir -p [\s\S]*?)```/);
  for (const command of commands.trim().split('\n')) {
    const [name, ...args] = command.split(' ');
    const paths = args.map((arg) =>
      arg.startsWith('node_modules/flex-glance/')
        ? path.join(ROOT, arg.slice('node_modules/flex-glance/'.length))
        : path.join(folder, arg),
    );
    if (name === 'mkdir') mkdirSync(paths[1], { recursive: true });
    else if (paths[1].endsWith('/')) cpSync(paths[0], paths[1] + path.basename(paths[0]));
    else cpSync(paths[0], paths[1]);
  }
  return path.join(folder, 'glance-login-key');
}

/** The project's .env, filled in with these values. */
function fillIn(project, values) {
  const file = path.join(project, '.env');
  const lines = readFileSync(file, 'utf8').split('\n');
  const filled = lines.map((line) => {
    const [name] = line.split('=');
    return name in values ? `${name}=${values[name]}` : line;
  });
  // The forked process of each request has these variables and no others.
  const more = Object.entries(sandboxed(sandbox)).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, [...filled, ...more, ''].join('\n'));
  return file;
}

test('laid out as the README says it is one public Function, /getloginkey, without packages', async () => {
  const project = layOut();
  const { functions, assets } = await fsHelpers.getListOfFunctionsAndAssets(project);
  assert.deepEqual(
    functions.map(({ path: route, access }) => [route, access]),
    [['/getloginkey', 'public']],
  );
  assert.deepEqual(assets, []);
  const { dependencies } = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));
  assert.deepEqual(Object.keys(dependencies), ['@twilio/runtime-handler']);
  assert.match(dependencies['@twilio/runtime-handler'], /^\d+\.\d+\.\d+$/);
});

test('laid out as the README says, with its .env filled in, it signs', async () => {
  const project = layOut();
  const dotenv = fillIn(project, SETTINGS);
  const fn = await startFunction(sandbox, {}, { cwd: project, folder: 'functions', dotenv });
  try {
    const origin = 'https://flex.twilio.com';
    const answer = await post(fn.url, { Token: 'iam-test-agent' }, { origin });
    assertSigned(answer, IDENTITY);
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    // What the README calls the trial of a deployment.
    assertRefused(await post(fn.url, { Token: 'wrong' }), 403, 'token_refused');
  } finally {
    await fn.stop();
  }
});

test('the example of its settings lacks nothing but the secrets', async () => {
  const project = layOut();
  const dotenv = fillIn(project, {});
  const fn = await startFunction(sandbox, {}, { cwd: project, folder: 'functions', dotenv });
  try {
    const answer = await post(fn.url, { Token: 'iam-test-agent' });
    assertRefused(answer, 500, 'configuration');
    assert.match(answer.body.error.message, /GLANCE_API_KEY is not set/);
  } finally {
    await fn.stop();
  }
});

test('the one file by itself signs, as when it is pasted', async () => {
  const pasted = path.join(folder, 'pasted');
  mkdirSync(pasted);
  cpSync(path.join(FUNCTIONS, 'getloginkey.js'), path.join(pasted, 'getloginkey.js'));
  // Required by twilio-run alone.
  writeFileSync(path.join(pasted, 'package.json'), '{ "name": "pasted", "version": "0.0.0" }');
  const fn = await startFunction(sandbox, SETTINGS, { cwd: pasted });
  try {
    assertSigned(await post(fn.url, { Token: 'iam-test-agent' }), IDENTITY);
  } finally {
    await fn.stop();
  }
});

test('the one file needs nothing but Node.js', () => {
  const code = readFileSync(path.join(FUNCTIONS, 'getloginkey.js'), 'utf8');
  const needed = [...code.matchAll(/\b(?:require|import)\s*\(\s*'([^']*)'/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(needed, ['node:crypto', 'node:https']);
  assert.ok(needed.every((name) => builtinModules.includes(name.replace('node:', ''))));
});
