// Makes `patches/crates/yew`: Yew as it is published, with `patches/yew.patch`.
//
//   node scripts/patch.mjs    nothing happens if it is there already
//
// `Cargo.toml` names the folder under `[patch.crates-io]`, so no cargo command works in this project
// before. The crate comes through a project of its own, which knows of no patch.

import { cp, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from './run.mjs';
import { makeFrom } from './stamp.mjs';

const VERSION = '0.23.0';
/** SHA-256 of the published crate, as in the index that cargo checks its downloads by. */
const HASH = '2c154fadfa97eabdd3f3b79345ceeb9c05ee8f13f76d3d881d17fba618bf558d';

const PATCH = 'patches/yew.patch';
const PATCHED = 'patches/crates/yew';

/**
 * @param {string} root The project's folder.
 * @returns {Promise<boolean>} Whether there was something to do.
 * @throws {Error} If the crate is another than the patch was made for, or the patch does not fit.
 */
export function patchYew(root) {
  return makeFrom(root, PATCHED, [PATCH, 'scripts/patch.mjs'], async () => {
    const published = await fetchCrate(root);
    const folder = path.join(root, PATCHED);
    await rm(folder, { recursive: true, force: true });
    await cp(published, folder, { recursive: true });
    // Git takes the copy for a part of our repository otherwise, and skips what is ignored there.
    const env = { GIT_CEILING_DIRECTORIES: path.dirname(folder) };
    await run('git', ['apply', path.join(root, PATCH)], { cwd: folder, env });
  });
}

/** The folder in which cargo keeps the published crate. */
async function fetchCrate(root) {
  const project = path.join(root, 'target', 'fetch-yew');
  const manifest = path.join(project, 'Cargo.toml');
  await mkdir(path.join(project, 'src'), { recursive: true });
  await writeFile(path.join(project, 'src', 'lib.rs'), '');
  await writeFile(
    manifest,
    `[package]\nname = "fetch-yew"\n[dependencies]\nyew = "=${VERSION}"\n[workspace]\n`,
  );
  // The versions of this project's lock, so that nothing comes over the network that it does not need.
  await copyFile(path.join(root, 'Cargo.lock'), path.join(project, 'Cargo.lock'));
  const { packages } = JSON.parse(
    await run('cargo', ['metadata', '--format-version', '1', '--manifest-path', manifest], {
      cwd: project,
    }),
  );
  const lock = await readFile(path.join(project, 'Cargo.lock'), 'utf8');
  if (!lock.includes(HASH)) {
    throw new Error(
      `The crate yew ${VERSION} has another hash than ${PATCH} was made for. Check the crate, then the patch, then HASH in scripts/patch.mjs.`,
    );
  }
  return path.dirname(packages.find(({ name }) => name === 'yew').manifest_path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await patchYew(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  console.log(made === false ? `${PATCHED} is up to date` : `made ${PATCHED}`);
}
