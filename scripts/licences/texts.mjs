// The licences' texts of what is no crate of a registry.

import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { standardLibrary } from './contents.mjs';

/**
 * Rust's standard library, by the toolchain's `COPYRIGHT-library.html`: MIT OR Apache-2.0, tables under
 * Unicode's licence, and the compiler's built-in functions under terms of their own.
 * @param {string} root The project's folder.
 * @param {{name: string, version: string}} std
 */
export async function standardTexts(root, std) {
  const sysroot = (await run('rustc', ['--print', 'sysroot'], { cwd: root })).trim();
  const licence = (name) =>
    readFile(path.join(sysroot, 'share', 'doc', 'rust', 'licenses', `${name}.txt`), 'utf8');
  const mit = (await licence('MIT')).replace(
    '<year> <copyright holders>',
    'The Rust Project Developers (see https://thanks.rust-lang.org)',
  );
  const builtins = path.join(await standardLibrary(root), 'compiler-builtins', 'LICENSE.txt');
  return [
    ['MIT', mit],
    ['Unicode-3.0', await licence('Unicode-3.0')],
    ['Apache-2.0 WITH LLVM-exception', await readFile(builtins, 'utf8')],
  ].map(([id, text]) => ({ crates: [std], licence: id, text }));
}

/**
 * An npm package, as it is installed.
 * @param {string} root The project's folder.
 * @param {{name: string, version: string, folder: string}} part
 * @throws {Error} If the package has no file with its licence.
 */
export async function npmTexts(root, { name, version, folder }) {
  const files = await readdir(path.join(root, folder));
  const manifest = await readFile(path.join(root, folder, 'package.json'), 'utf8');
  const file = files.find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${folder} has no file with its licence: write its text by hand.`);
  const text = await readFile(path.join(root, folder, file), 'utf8');
  return { crates: [{ name, version }], licence: JSON.parse(manifest).license, text };
}
