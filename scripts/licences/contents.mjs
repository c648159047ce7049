// What others wrote of `dist/`: each as `{name, version}`, npm packages with their `folder` too.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { sourcesOf } from '../package/esbuild.mjs';
import { run } from '../run.mjs';

/** Where `../patch.mjs` puts a crate. */
const PATCHED = path.join('patches', 'crates');

const TARGET = 'wasm32-unknown-unknown';

// The standard library's features in the build that ships: see `../package/flags.mjs`.
export const STANDARD_FEATURES = ['--no-default-features', '--features', 'optimize_for_size'];

/**
 * The crates that the component is compiled from, and those of the macros that write its code.
 * `cargo tree`, since `cargo metadata` also tells what only other crates of the workspace ask for.
 * @param {string} root The project's folder.
 */
export function crates(root) {
  return tree(root, ['-p', 'flex-glance']);
}

/**
 * The crates that Rust's standard library brings. Cargo may have to look them up in the registry.
 * @param {string} root The project's folder.
 */
export async function standardCrates(root) {
  const manifest = path.join(await standardLibrary(root), 'std', 'Cargo.toml');
  return tree(root, ['--manifest-path', manifest, ...STANDARD_FEATURES]);
}

/**
 * Every crate that the standard library may bring, on any platform.
 * @param {string} root The project's folder.
 */
export async function lockedStandardCrates(root) {
  const lock = await readFile(path.join(await standardLibrary(root), 'Cargo.lock'), 'utf8');
  const entries = lock.matchAll(/^name = "(.+)"\nversion = "(.+)"\nsource = /gm);
  return Array.from(entries, ([, name, version]) => ({ name, version }));
}

/** The folder of the standard library's source. */
export async function standardLibrary(root) {
  const sysroot = await run('rustc', ['--print', 'sysroot'], { cwd: root });
  return path.join(sysroot.trim(), 'lib', 'rustlib', 'src', 'rust', 'library');
}

/** Rust's standard library itself. */
export async function rust(root) {
  const toolchain = await readFile(path.join(root, 'rust-toolchain.toml'), 'utf8');
  return { name: 'std', version: toolchain.match(/^channel = "(.+)"$/m)[1] };
}

/** The tool that writes the glue. */
export async function bindgen(root) {
  const name = 'wasm-bindgen-cli-support';
  const manifest = await readFile(path.join(root, 'scripts', 'bindgen', 'Cargo.toml'), 'utf8');
  return { name, version: manifest.match(new RegExp(`^${name} = "=(.+)"$`, 'm'))[1] };
}

/** The tool that joins modules, with functions of its own. */
export function esbuild(root) {
  return npmPackage(root, 'node_modules/esbuild');
}

/** What Flex's plugin toolchain puts round the plugin that ships. It keeps no record of that. */
const PLUGIN = 'dist/plugin.js';
const OF_PLUGIN = ['@twilio/flex-plugin', 'webpack'].map(
  (name) => `sandbox/plugin/node_modules/${name}`,
);

/**
 * The npm packages of which something is in a bundle of `dist/`.
 * @param {string} root The project's folder.
 * @throws {Error} If a bundle's record is not there: it was not built here.
 */
export async function npmPackages(root) {
  const { files } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const bundles = files.filter((name) => /^dist\/.*\.m?js$/.test(name) && name !== PLUGIN);
  bundles.push('cli/dist/flex-glance.mjs');
  const sources = await Promise.all(bundles.map((name) => sourcesOf(root, path.join(root, name))));
  const folders = new Set([...sources.flat().map(packageFolder).filter(Boolean), ...OF_PLUGIN]);
  return Promise.all([...folders].sort().map((folder) => npmPackage(root, folder)));
}

/**
 * @param {string} file As esbuild's metafile tells it.
 * @returns {string | undefined} The folder of the npm package that it belongs to.
 */
export function packageFolder(file) {
  return file.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
}

async function npmPackage(root, folder) {
  const manifest = await readFile(path.join(root, folder, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest);
  return { name, version, folder };
}

/** Of a crate's tree what others wrote: what comes from a registry, patched or not. */
async function tree(root, args) {
  const options = ['--locked', '-e', 'normal', '--target', TARGET, '--prefix', 'none'];
  // The standard library's own crates ask for features of nightly.
  const env = { RUSTC_BOOTSTRAP: '1' };
  const lines = await run('cargo', ['tree', ...options, '--format', '{p}', ...args], {
    cwd: root,
    env,
  });
  const names = new Set();
  for (const line of lines.split('\n')) {
    const [, crate, folder] =
      line.match(/^(\S+ v\S+)(?: \(proc-macro\))?(?: \((?!\*)(.+?)\))?/) ?? [];
    if (crate && (!folder || folder.includes(PATCHED))) names.add(crate.replace(' v', ' '));
  }
  return [...names].sort().map((crate) => {
    const [name, version] = crate.split(' ');
    return { name, version };
  });
}
