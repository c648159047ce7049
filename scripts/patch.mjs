// Makes `patches/crates`: crates as they are published, each with its patch.
//
//   node scripts/patch.mjs    nothing happens if they are there already
//
// `Cargo.toml` names the folders under `[patch.crates-io]`, so no cargo command works in this project
// before. The crates come through a project of their own, which knows of no patch.

import { cp, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from './run.mjs';
import { makeFrom } from './stamp.mjs';

/** `hash`: SHA-256 of the published crate, as in the index that cargo checks its downloads by. */
const CRATES = [
  {
    name: 'yew',
    version: '0.23.0',
    hash: '2c154fadfa97eabdd3f3b79345ceeb9c05ee8f13f76d3d881d17fba618bf558d',
    patches: ['yew', 'yew-batch'],
  },
  {
    name: 'serde-wasm-bindgen',
    version: '0.6.5',
    hash: '8302e169f0eddcc139c70f139d19d6467353af16f9fce27e8c30158036a1e16b',
    patches: ['serde-wasm-bindgen'],
  },
];

const PATCHES = CRATES.flatMap(({ patches }) => patches.map(fileOf));
const PATCHED = 'patches/crates';

/**
 * @param {string} root The project's folder.
 * @returns {Promise<boolean>} Whether there was something to do.
 * @throws {Error} If a crate is another than its patch was made for, or the patch does not fit.
 */
export function patchCrates(root) {
  return makeFrom(root, PATCHED, [...PATCHES, 'scripts/patch.mjs'], async () => {
    const folders = await fetchCrates(root);
    for (const { name, patches } of CRATES) {
      const folder = path.join(root, PATCHED, name);
      await rm(folder, { recursive: true, force: true });
      await cp(folders[name], folder, { recursive: true });
      // Git takes the copy for a part of our repository otherwise, and skips what is ignored there.
      const env = { GIT_CEILING_DIRECTORIES: path.dirname(folder) };
      const files = patches.map((patch) => path.join(root, fileOf(patch)));
      // A crate that was published from Windows has other ends of lines than its repository.
      await run('git', ['apply', '--ignore-whitespace', ...files], { cwd: folder, env });
    }
  });
}

function fileOf(patch) {
  return `patches/${patch}.patch`;
}

/** The folders in which cargo keeps the published crates, by name. */
async function fetchCrates(root) {
  const project = path.join(root, 'target', 'fetch-crates');
  const manifest = path.join(project, 'Cargo.toml');
  await mkdir(path.join(project, 'src'), { recursive: true });
  await writeFile(path.join(project, 'src', 'lib.rs'), '');
  const dependencies = CRATES.map(({ name, version }) => `${name} = "=${version}"\n`).join('');
  await writeFile(
    manifest,
    `[package]\nname = "fetch-crates"\n[dependencies]\n${dependencies}[workspace]\n`,
  );
  // The versions of this project's lock, so that nothing comes over the network that it does not need.
  await copyFile(path.join(root, 'Cargo.lock'), path.join(project, 'Cargo.lock'));
  const { packages } = JSON.parse(
    await run('cargo', ['metadata', '--format-version', '1', '--manifest-path', manifest], {
      cwd: project,
    }),
  );
  const lock = await readFile(path.join(project, 'Cargo.lock'), 'utf8');
  for (const { name, version, hash } of CRATES) {
    if (lock.includes(hash)) continue;
    throw new Error(
      `The crate ${name} ${version} has another hash than its patches were made for. Check the crate, then the patch, then its hash in scripts/patch.mjs.`,
    );
  }
  const folder = ({ name, manifest_path: file }) => [name, path.dirname(file)];
  return Object.fromEntries(packages.map(folder));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await patchCrates(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  console.log(made === false ? `${PATCHED} is up to date` : `made ${PATCHED}`);
}
