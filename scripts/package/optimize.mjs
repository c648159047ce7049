// Smaller WebAssembly: wasm-opt, and short names on both sides of the boundary.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { shorten } from './glue.mjs';

/**
 * @param {string} root The project's folder.
 * @param {{wasm: string, glue: string}} compiled
 * @param {string} work A folder for what is made.
 * @returns {Promise<{wasm: string, glue: string}>} The module's file, and the glue's text.
 * @throws {Error} If a name that wasm-opt shortened is not found exactly where it is expected.
 */
export async function optimize(root, { wasm, glue }, work) {
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  const [optimized, renamed] = ['optimized.wasm', 'renamed.wasm'].map((n) => path.join(work, n));
  // Not `--all-features`: that writes an import section that Chromium refuses.
  // Nothing lives below address 1024: that is the far end of the stack.
  // Common expressions stay as they are: what is the same twice is packed well, a new local is not.
  const passes = [
    '--skip-pass=local-cse',
    '-Oz',
    '--flatten',
    '--rereloop',
    '-Oz',
    '-Oz',
    '--converge',
  ];
  // With names, which tell where the bytes are; the next step drops them.
  await run(wasmOpt, [...passes, '-lmu', '-g', wasm, '-o', optimized]);
  const minify = ['--minify-imports-and-exports-and-modules', '--strip-target-features'];
  const table = await run(wasmOpt, [...minify, optimized, '-o', renamed]);
  const [{ module }] = WebAssembly.Module.imports(new WebAssembly.Module(await readFile(renamed)));
  const text = shorten(await readFile(glue, 'utf8'), table, module);
  await writeFile(path.join(work, 'glue.js'), text);
  return { wasm: renamed, glue: text };
}
