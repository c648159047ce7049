// What the entries of a build weigh.

import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Prints the gzip size of each entry.
 * @param {string} out The build's folder.
 * @param {string} [beside] Another build's, whose sizes are printed too if it is there.
 */
export async function printWeights(out, beside) {
  const compares = beside && existsSync(beside);
  const names = (await readdir(out)).filter((name) => /\.(mjs|min\.js|wasm)$/.test(name)).sort();
  row('gzip', compares ? path.basename(beside) : '', 'entry');
  for (const name of names) {
    row(await weigh(out, name), compares ? await weigh(beside, name) : '', name);
  }
}

async function weigh(folder, name) {
  const file = path.join(folder, name);
  return existsSync(file) ? gzipSync(await readFile(file), { level: 9 }).length : '';
}

function row(gzip, other, name) {
  const columns = [gzip, other].map((cell) => String(cell).padStart(8));
  console.log(`${columns.filter((cell) => cell.trim()).join(' ')}  ${name}`);
}
