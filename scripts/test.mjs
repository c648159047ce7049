// `npm test`: sets up and runs every check, in the order of what fails fastest.
//
//   npm test                 everything
//   npm test -- lint unit    only these steps (see STEPS), after the set-up
//   npm test -- quick        lint, types, native tests and those in Node.js that need no build
//   npm test -- matrix --write    writes docs/compatibility.md
//   npm test -- engines --write   writes docs/browsers.md

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { chromiumPath } from './chromium.mjs';
import { deny } from './deny.mjs';
import { ENGINES, engines } from './engines.mjs';
import { functionOnEachNode } from './function-nodes.mjs';
import { run } from './run.mjs';
import { PLUGIN, SOURCES, matrixTools, plugin, root, setUp, setUpQuick } from './setup.mjs';
import { makeFrom } from './stamp.mjs';
import { compareDocument } from '../tests/engines/table.mjs';

const cargo = (...args) => run('cargo', args, { cwd: root, show: true });
const npx = (...args) => run('npx', ['--no-install', ...args], { cwd: root, show: true });
const node = (...args) => run(process.execPath, args, { cwd: root, show: true });
// Most wait for processes that they start: Node.js would run one file at a time on two processors. A file that
// never ends fails after ten minutes.
const nodeTests = (...names) =>
  node('--test', '--test-concurrency=4', '--test-timeout=600000', ...names);

const PLAYWRIGHT = ['--no-install', 'playwright', 'test', '-c', 'tests/playwright.config.mjs'];

// Not `--all`: that takes the patched Yew for ours.
const members = ['flex-glance', 'sandbox', 'bindgen', 'deflate'].flatMap((name) => ['-p', name]);

const STEPS = {
  async lint() {
    await cargo('fmt', ...members, '--check');
    await cargo('clippy', '--locked', '--workspace', '--all-targets', '--', '-D', 'warnings');
    const wasm = [
      '--target',
      'wasm32-unknown-unknown',
      '-p',
      'flex-glance',
      '--all-features',
      '--example',
      'rust',
      '--lib',
    ];
    await cargo('clippy', '--locked', ...wasm, '--', '-D', 'warnings');
    await npx('eslint', '.', '--max-warnings=0');
    await npx('prettier', '--check', '--log-level=warn', '.');
    await npx('tsc', '-p', 'tests/types');
    await npx('tsc', '-p', 'src/js');
    await node('scripts/props.mjs', '--check');
  },
  async dependencies() {
    unchecked.push(...(await deny(root)));
  },
  async unit() {
    await cargo('test', '--locked', '--workspace');
    const folders = ['tests/cli', 'tests/docs', 'tests/doctor', 'tests/js'];
    if (!quick) folders.push(...OF_A_BUILD);
    await nodeTests(...folders.flatMap((folder) => files(folder, '.test.mjs')));
  },
  size: () => node('scripts/size.mjs'),
  async function() {
    unchecked.push(...(await functionOnEachNode(root)));
    await nodeTests(...['tests/function', 'tests/account'].flatMap((it) => files(it, '.test.mjs')));
  },
  visitor: () => nodeTests(...files('tests/visitor', '.test.mjs')),
  async browser() {
    await chromium();
    await plugins();
    await run('npx', PLAYWRIGHT, { cwd: root, show: true });
  },
  async engines() {
    const { tests, missing } = await engines();
    if (missing.length > 0 && process.env.CI) throw new Error(`Missing: ${missing.join('; ')}.`);
    unchecked.push(...missing);
    await plugins();
    if (tests.length > 0) await nodeTests(...tests);
    const names = ENGINES.map(({ name }) => name);
    if (missing.length === 0) await compareDocument(names, write);
  },
  /** Header and panel in older versions of Flex UI. */
  async flex() {
    await chromium();
    await plugins();
    const { buildFlex, olderVersions } = await import('../sandbox/desktop/build.mjs');
    for (const version of olderVersions()) {
      console.log(`\nFlex UI ${version}`);
      await buildFlex(version);
      await run('npx', [...PLAYWRIGHT, 'header.spec', 'journeys/panel.spec'], {
        cwd: root,
        show: true,
        env: { FLEX_VERSION: version },
      });
    }
  },
  async matrix() {
    await chromium();
    await matrixTools();
    await node('tests/matrix/index.mjs', ...(write ? ['--write'] : []));
  },
};

/** What `quick` runs. */
const QUICK = ['lint', 'unit'];
/** Tests in Node.js of what the component's build writes. */
const OF_A_BUILD = ['tests/licences', 'tests/testing'];

const write = process.argv.includes('--write');
const named = process.argv.slice(2).filter((name) => name !== '--write');
const quick = named.length === 1 && named[0] === 'quick';
const wanted = quick ? QUICK : named;
if (wanted.some((name) => !(name in STEPS))) {
  console.error(`Usage: npm test -- [quick | [${Object.keys(STEPS).join('] [')}] [--write]]`);
  process.exit(wanted.includes('--help') ? 0 : 2);
}

// What a step could not check on this machine.
const unchecked = [];
const times = [];
let failed = 0;
await timed('set-up', quick ? setUpQuick : setUp);
for (const [name, work] of Object.entries(STEPS)) {
  if (failed > 0 && times[0].failed) break;
  if (wanted.length === 0 || wanted.includes(name)) await timed(name, work);
}
console.log('\nTimes');
for (const { name, seconds, failed: bad } of times) {
  console.log(`${seconds.padStart(8)} s  ${name}${bad ? '  FAILED' : ''}`);
}
for (const what of unchecked) console.log(`not run: ${what}`);
console.log(`steps: ${times.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function timed(name, work) {
  console.log(`\n== ${name}`);
  const began = Date.now();
  let bad = false;
  try {
    await work();
  } catch (error) {
    console.error(error.message);
    bad = true;
    failed += 1;
  }
  times.push({ name, seconds: ((Date.now() - began) / 1000).toFixed(1), failed: bad });
}

/** Installs Chromium where that is a matter of one command. */
async function chromium() {
  if (chromiumPath()) return;
  const debian = existsSync('/etc/debian_version') && process.getuid() === 0;
  if (!debian) {
    throw new Error(
      'Chromium is missing: install it, or set CHROMIUM_PATH to a Chromium or Chrome.',
    );
  }
  await run('apt-get', ['update']);
  await run('apt-get', ['install', '-y', 'chromium']);
}

/** The plugins of the journeys. */
async function plugins() {
  await trapBuild();
  await plugin('forms', 'tests/plugin');
  await plugin('trap', PLUGIN, 'target/trap');
}

/** The everyday build, with a component that traps when it is told to. */
function trapBuild() {
  const args = ['scripts/build.mjs', '--everyday', '--features', 'trap', '--out', 'target/trap'];
  return makeFrom(root, 'target/trap/index.mjs', SOURCES, () =>
    run(process.execPath, args, { cwd: root }),
  );
}

function files(folder, ending) {
  const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => path.join(folder, name));
}
