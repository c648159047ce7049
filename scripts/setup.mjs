// Sets everything up that the sandbox and the tests need: tools, packages, binaries, bundles.

import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { COMMAND, copiesOf } from './package/command-files.mjs';
import { compile } from './package/compile.mjs';
import { EVERYDAY, RELEASE } from './package/flags.mjs';
import { patchCrates } from './patch.mjs';
import { missingTools } from './prerequisites.mjs';
import { CARGO_BAR, crates, packagesOf, progressOf, say } from './progress.mjs';
import { run } from './run.mjs';
import { makeFrom } from './stamp.mjs';
import { fetchWebchat } from './webchat.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// What the npm package is made from.
export const SOURCES = [
  'Cargo.toml',
  'Cargo.lock',
  'rust-toolchain.toml',
  'package.json',
  'package-lock.json',
  'index.js',
  'index.d.ts',
  'locales',
  'src',
  'vectors',
  'scripts/build.mjs',
  'scripts/package',
  'scripts/bindgen',
  'scripts/deflate',
  'scripts/plugin.mjs',
  'patches/yew.patch',
  'patches/yew-batch.patch',
  'patches/serde-wasm-bindgen.patch',
  'functions/getloginkey.js',
];

/** The install cache that the projects of the matrix share. */
export const MATRIX_CACHE = path.join(root, 'target', 'matrix', 'cache');

const EVERYDAY_BUILD = 'target/everyday';

/** The source of the plugin that ships, and where it is built to. */
export const PLUGIN = 'plugin/src';
const BUILT_PLUGIN = 'sandbox/dist/plugins/example.js';

// What the command line's package is made from.
const COMMAND_SOURCES = [
  'cli/src',
  'src/doctor',
  'vectors',
  'www/studio',
  'settings.schema.json',
  'scripts/build.mjs',
  'scripts/package',
  'package.json',
  'package-lock.json',
  'cli/package.json',
];

// What the visitor's side is made from.
const VISITOR_SOURCES = [
  'www/visitor',
  'src/doctor',
  'vectors',
  'scripts/build.mjs',
  'scripts/package',
  'package.json',
];

/**
 * Says what is done, how far it has come and how long it took.
 * @param {string} what
 * @param {(report: ReturnType<typeof progressOf>) => Promise<unknown>} work Answers `false` if there
 *   was nothing to do.
 */
export async function step(what, work) {
  const began = Date.now();
  say(`… ${what}`);
  const done = await work(progressOf(what));
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  say(done === false ? `✓ ${what}: up to date` : `✓ ${what}: ${seconds} s`);
}

/**
 * Sets up what `npm start` runs. Steps that are done already take no time.
 * @param {boolean} [everyday] With the everyday build in the place of the one that ships.
 */
export async function setUp(everyday = false) {
  checkTools();
  // Packages come over the network, Rust keeps the processor busy: both at a time.
  await Promise.all([packages(), rust(everyday ? EVERYDAY : RELEASE)]);

  await step('Building the component', () =>
    everyday
      ? everydayBuild()
      : makeFrom(root, 'dist/index.mjs', SOURCES, () => node('scripts/build.mjs')),
  );
  await visitorsSide();
  await step('Fetching Flex WebChat', () => fetchWebchat(root));
  await step('Bundling Flex UI', async () => {
    const { buildFlex } = await import('../sandbox/desktop/build.mjs');
    return buildFlex();
  });
  await step('Bundling the Glance stand-in', () =>
    makeFrom(
      root,
      'sandbox/dist/glance/viewer.js',
      ['www/glance', 'sandbox/glance', 'vectors'],
      () => node('sandbox/glance/build.mjs'),
    ),
  );
  await step('Building the Flex plugin from the packed package', async () => {
    const isNew = await plugin('example', PLUGIN, everyday ? EVERYDAY_BUILD : undefined);
    // What ships is the very file that the sandbox runs.
    if (!everyday) await copyFile(path.join(root, BUILT_PLUGIN), path.join(root, 'dist/plugin.js'));
    return isNew;
  });
  await command();
}

/** Sets up what the native tests and those in Node.js need: no build of the component. */
export async function setUpQuick() {
  checkTools();
  await Promise.all([packages(), rust()]);
  await visitorsSide();
  await command();
}

function checkTools() {
  const missing = missingTools();
  if (missing.length > 0) throw new Error(missing.join('\n'));
}

function visitorsSide() {
  return step('Building the visitor’s side', () =>
    makeFrom(root, 'dist/visitor.mjs', VISITOR_SOURCES, () =>
      node('scripts/build.mjs', ['--only', 'visitor']),
    ),
  );
}

function command() {
  const copies = copiesOf(root);
  const made = [COMMAND, ...copies.map(([copy]) => copy)];
  const sources = [...COMMAND_SOURCES, ...copies.map(([, source]) => source)];
  return step('Building the command line', () =>
    makeFrom(root, made, sources, () => node('scripts/build.mjs', ['--only', 'command'])),
  );
}

/** The build for every day. */
export function everydayBuild() {
  return makeFrom(root, `${EVERYDAY_BUILD}/index.mjs`, SOURCES, () =>
    node('scripts/build.mjs', ['--everyday', '--out', EVERYDAY_BUILD]),
  );
}

/** Builds one of the plugins with the package as it is in `dist`, or in another folder. */
export async function plugin(name, source, dist) {
  const inputs = [...SOURCES, source, 'plugin/package.json', 'sandbox/plugin/package-lock.json'];
  // Another build is another plugin.
  if (dist) inputs.push(dist);
  return makeFrom(root, `sandbox/dist/plugins/${name}.js`, inputs, async () => {
    const { buildPlugin, installPackage } = await import('./plugin.mjs');
    await installPackage(root, dist && path.join(root, dist));
    await buildPlugin(root, path.join(root, source), name);
  });
}

/** The toolchains that the packed package is tried in; what they are made of fills the install cache. */
export async function matrixTools() {
  const lock = 'tests/matrix/package-lock.json';
  await step('Installing the toolchains of the matrix', () =>
    makeFrom(root, 'tests/matrix/node_modules', [lock], () =>
      run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--cache', MATRIX_CACHE], {
        cwd: path.join(root, 'tests', 'matrix'),
      }),
    ),
  );
}

async function packages() {
  for (const [folder, what] of [
    ['.', 'Installing build tools'],
    ['sandbox', 'Installing Flex UI'],
    ['sandbox/plugin', 'Installing the Flex plugin toolchain'],
  ]) {
    const lock = path.join(folder, 'package-lock.json');
    await step(what, (report) =>
      makeFrom(root, path.join(folder, 'node_modules'), [lock], () =>
        // The plugin toolchain checks its surroundings after installing; the build does so again.
        run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'http'], {
          cwd: path.join(root, folder),
          watch: packagesOf(path.join(root, lock), report),
        }),
      ),
    );
  }
}

/** @param {import('./package/flags.mjs').Flags} [flags] Those of the component's build, if it is built. */
async function rust(flags) {
  await step('Preparing the Rust toolchain', async () => {
    await run('rustup', ['target', 'add', 'wasm32-unknown-unknown'], { cwd: root });
    await run('rustup', ['component', 'add', 'rustfmt', 'clippy', 'rust-src'], { cwd: root });
  });
  await step('Patching two crates', () => patchCrates(root));
  await step('Compiling the sandbox and the build’s tools', (report) =>
    run('cargo', ['build', '--locked', '-p', 'sandbox', '-p', 'bindgen', '-p', 'deflate'], {
      cwd: root,
      env: CARGO_BAR,
      watch: crates(report),
    }),
  );
  if (!flags) return;
  await step('Compiling the component', (report) => compile(root, flags, '', crates(report)));
}

function node(script, args = []) {
  return run(process.execPath, [script, ...args], { cwd: root });
}
