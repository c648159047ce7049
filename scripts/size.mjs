// Prints what every shipped file weighs, and fails above the budget.
//
//   npm run size -- --why   also which crates and functions the last build's WebAssembly is made of, in two minutes

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { printWhy } from './size/why.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Gzip bytes at the most: what a plugin author's bundle grows by, the entry with everything inlined
 * and the one whose module is a file of its own, what a visitor's page loads, and the whole plugin with the
 * doctor in it.
 */
const BUDGET = {
  'dist/index.mjs': 176_000,
  'dist/external.mjs': 22_600,
  'dist/visitor.min.js': 5_000,
  'dist/plugin.js': 204_800,
};

const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'ignore'],
});
const [{ files }] = Object.values(JSON.parse(packed));

const row = (...cells) =>
  console.log(cells.map((cell, i) => (i ? String(cell).padStart(9) : cell.padEnd(32))).join(' '));
let over = 0;
row('file', 'bytes', 'gzip', 'brotli', 'budget');
for (const { path: file } of files) {
  const bytes = readFileSync(path.join(root, file));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const budget = BUDGET[file];
  row(file, bytes.length, gzip, brotliCompressSync(bytes).length, budget ?? '');
  if (budget && gzip > budget) {
    over += 1;
    console.error(`${file}: ${gzip} bytes gzip is ${gzip - budget} over its budget of ${budget}.`);
  }
}
if (process.argv.includes('--why')) {
  await printWhy(root);
}
process.exit(over ? 1 : 0);
