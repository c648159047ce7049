// Skips steps whose inputs have not changed.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Runs `make` unless all that it makes is there and was made from these inputs.
 * @param {string} root The project's folder.
 * @param {string | string[]} made What is made, relative to `root`; the first names the stamp.
 * @param {string[]} inputs Files and folders it is made from, relative to `root`.
 * @param {() => Promise<void>} make
 * @returns {Promise<boolean>} Whether it had to be made.
 */
export async function makeFrom(root, made, inputs, make) {
  const outputs = [made].flat();
  const stamp = path.join(root, 'target', 'stamps', outputs[0].replaceAll(path.sep, '-'));
  const hash = createHash('sha256');
  for (const input of inputs) await add(hash, path.join(root, input), root);
  const digest = hash.digest('hex');
  const isThere = outputs.every((output) => existsSync(path.join(root, output)));
  if (isThere && existsSync(stamp)) {
    if ((await readFile(stamp, 'utf8')) === digest) return false;
  }
  await make();
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, digest);
  return true;
}

async function add(hash, file, root) {
  if ((await stat(file)).isDirectory()) {
    const names = (await readdir(file)).filter((name) => name !== 'node_modules').sort();
    for (const name of names) await add(hash, path.join(file, name), root);
    return;
  }
  hash.update(`${path.relative(root, file)}\0`).update(await readFile(file));
}
