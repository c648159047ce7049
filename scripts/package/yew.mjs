// Yew without what the component does not use.

import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { makeFrom } from '../stamp.mjs';

const COPY = path.join('target', 'yew');
const HERE = path.join('scripts', 'package');

/**
 * Copies Yew from where Cargo keeps it and applies `yew.patch`, which says what it leaves out.
 * @param {string} root The project's folder.
 * @returns {Promise<string>} The copy's folder.
 * @throws {Error} If the patch does not apply: Yew is another version than it was made for.
 */
export async function patchYew(root) {
  const copy = path.join(root, COPY);
  const patch = path.join(root, HERE, 'yew.patch');
  const inputs = ['Cargo.lock', path.join(HERE, 'yew.patch'), path.join(HERE, 'yew.mjs')];
  await makeFrom(root, COPY, inputs, async () => {
    await rm(copy, { recursive: true, force: true });
    await mkdir(copy, { recursive: true });
    await cp(await fetched(root), copy, { recursive: true });
    // Git takes the copy for a part of our repository otherwise, and skips what is ignored there.
    const env = { GIT_CEILING_DIRECTORIES: path.dirname(copy) };
    await run('git', ['apply', patch], { cwd: copy, env });
  });
  return copy;
}

/** Where Cargo keeps the version that Cargo.lock names. */
async function fetched(root) {
  const metadata = await run('cargo', ['metadata', '--locked', '--format-version', '1'], {
    cwd: root,
  });
  const { manifest_path } = JSON.parse(metadata).packages.find(({ name }) => name === 'yew');
  return path.dirname(manifest_path);
}
