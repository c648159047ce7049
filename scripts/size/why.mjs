// Where the bytes of the WebAssembly are, by the names that the compiler gave its functions.

import path from 'node:path';

import { RELEASE } from '../package/flags.mjs';
import { run } from '../run.mjs';

/** How many functions are listed. */
const LARGEST = 60;

/**
 * Prints how many bytes of the last build's code each crate has, and the largest functions.
 * @param {string} root The project's folder.
 */
export async function printWhy(root) {
  const work = path.join(root, 'target', 'package', 'release');
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  // What ships has no names, so it is optimized once more, and keeps them.
  const bound = path.join(work, 'bindgen', 'flex_glance_bg.wasm');
  const named = path.join(work, 'named.wasm');
  await run(wasmOpt, [...RELEASE.wasmOpt, '-g', bound, '-o', named]);
  // By itself: with the others it would be printed once for each round of them.
  const metrics = await run(wasmOpt, ['--func-metrics', '-g', named, '-o', named]);
  const functions = Array.from(
    metrics.matchAll(/^func: (.*)\n \[binary-bytes\] : (\d+)/gm),
    // A crate's name comes with its hash.
    ([, name, size]) => ({ name: name.replace(/\[[0-9a-f]+\]/g, ''), size: Number(size) }),
  );
  print('crate', byCrate(functions));
  print('function', functions.sort(largest).slice(0, LARGEST));
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
