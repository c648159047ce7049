// Where the bytes of the WebAssembly are, by the names that the compiler gave its functions.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { RELEASE } from '../package/flags.mjs';
import { run } from '../run.mjs';
import { readModule } from './wasm.mjs';

/** How many functions are listed. */
const LARGEST = 60;

/**
 * Prints how many bytes of the last build's module what has: sections, code by crate, and the largest
 * functions.
 * @param {string} root The project's folder.
 */
export async function printWhy(root) {
  const work = path.join(root, 'target', 'package', 'release');
  const named = path.join(work, 'named.wasm');
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  // What ships has no names, so it is optimized once more, and keeps them.
  const bound = path.join(work, 'bindgen', 'flex_glance_bg.wasm');
  await run(wasmOpt, [...RELEASE.wasmOpt, '-g', bound, '-o', named]);
  const { sections, functions } = readModule(await readFile(named));
  print('section', sections);
  print('crate', byCrate(functions));
  print('function', functions.slice().sort(largest).slice(0, LARGEST));
}

function print(title, rows) {
  console.log(`\n   bytes  ${title}`);
  for (const { size, name } of rows) console.log(`${String(size).padStart(8)}  ${name}`);
}

function byCrate(functions) {
  const crates = new Map();
  for (const { name, size } of functions) {
    // `<yew::… as …>::f`, `core::…`; what wasm-bindgen exports has no path.
    const [crate] = name.match(/[a-z_]\w*(?=::)/) ?? ['exports'];
    crates.set(crate, (crates.get(crate) ?? 0) + size);
  }
  return [...crates].map(([name, size]) => ({ name, size })).sort(largest);
}

function largest(a, b) {
  return b.size - a.size;
}
