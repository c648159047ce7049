// Crates without what the component does not use.

import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { makeFrom } from '../stamp.mjs';

/** Each has a patch of its name in `patches/`, which says what it leaves out, and when. */
const CRATES = ['yew', 'serde-wasm-bindgen', 'wasm-bindgen'];

const PATCHES = path.join('scripts', 'package', 'patches');

/**
 * Copies the crates from where Cargo keeps them and applies the patches.
 * @param {string} root The project's folder.
 * @returns {Promise<string[]>} The copies' folders, for Cargo's `paths`.
 * @throws {Error} If a patch does not apply: the crate is another version than it was made for.
 */
export async function patchCrates(root) {
  const { packages } = JSON.parse(
    await run('cargo', ['metadata', '--locked', '--format-version', '1'], { cwd: root }),
  );
  return Promise.all(
    CRATES.map((crate) => {
      const { manifest_path } = packages.find(({ name }) => name === crate);
      return patch(root, crate, path.dirname(manifest_path));
    }),
  );
}

async function patch(root, crate, original) {
  const copy = path.join('target', 'crates', crate);
  const file = path.join(PATCHES, `${crate}.patch`);
  const folder = path.join(root, copy);
  await makeFrom(root, copy, ['Cargo.lock', file, 'scripts/package/patches.mjs'], async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await cp(original, folder, { recursive: true });
    // Git takes the copy for a part of our repository otherwise, and skips what is ignored there. A
    // crate's lines may end as those of Windows.
    const env = { GIT_CEILING_DIRECTORIES: path.dirname(folder) };
    const args = ['apply', '--ignore-whitespace', path.join(root, file)];
    await run('git', args, { cwd: folder, env });
  });
  return folder;
}
