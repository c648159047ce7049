// Where the bytes of the WebAssembly are, by the names that the compiler gave its functions.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { readModule } from '../package/wasm.mjs';

/** How many functions are listed. */
const LARGEST = 60;

/**
 * Prints what of the last build weighs how much: sections, code by crate, and the largest functions. Of
 * two figures the first is bytes of the module, the second what they come to in the file that ships.
 * @param {string} root The project's folder.
 */
export async function printWhy(root) {
  const work = path.join(root, 'target', 'package');
  const { sections, functions } = readModule(await readFile(path.join(work, 'optimized.wasm')));
  const args = ['run', '--locked', '--quiet', '-p', 'pack', '--', '--costs'];
  const lines = await run('cargo', [...args, path.join(work, 'renamed.wasm')], { cwd: root });
  const costs = lines.trim().split('\n').map(Number);
  const rows = functions.map(({ name, size }, at) => ({ name, size, packed: costs[at] }));
  const code = { name: 'code', ...total(rows) };
  const others = sections.filter(({ name }) => name !== 'code');
  const rest = { name: 'everything else', ...total(others), packed: costs[functions.length] };
  print('section', [code, rest, ...others.map((section) => ({ ...section, packed: undefined }))]);
  print('crate', byCrate(rows));
  print('function', rows.sort(heaviest).slice(0, LARGEST));
}

function print(title, rows) {
  console.log(`\n   bytes   packed  ${title}`);
  for (const { size, packed, name } of rows) {
    const columns = [size, packed === undefined ? '' : packed.toFixed(0)];
    console.log(`${columns.map((column) => String(column).padStart(8)).join(' ')}  ${name}`);
  }
}

function byCrate(rows) {
  const crates = new Map();
  for (const row of rows) {
    // `<yew::… as …>::f`, `core::…`; what wasm-bindgen exports has no path.
    const [crate] = row.name.match(/[a-z_]\w*(?=::)/) ?? ['exports'];
    crates.set(crate, [...(crates.get(crate) ?? []), row]);
  }
  return [...crates].map(([name, of]) => ({ name, ...total(of) })).sort(heaviest);
}

function total(rows) {
  const sum = (column) => rows.reduce((all, row) => all + (row[column] ?? 0), 0);
  return { size: sum('size'), packed: sum('packed') };
}

function heaviest(a, b) {
  return b.packed - a.packed;
}
