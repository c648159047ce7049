// Builds the npm package: cargo, wasm-bindgen, wasm-opt, esbuild.
//
//   npm run build                     writes dist/
//   npm run build -- --features trap --out target/trap
//
// What it writes is what ships: the tests run these bytes.

import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { bundle } from './package/bundle.mjs';
import { compile } from './package/compile.mjs';
import { optimize } from './package/optimize.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const { values } = parseArgs({
  options: {
    features: { type: 'string', default: '' },
    out: { type: 'string', default: 'dist' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log('Usage: npm run build -- [--features NAMES] [--out FOLDER]');
  process.exit(0);
}

const out = path.resolve(root, values.out);
const work = path.join(root, 'target', values.features ? `package-${values.features}` : 'package');
await mkdir(out, { recursive: true });
await mkdir(work, { recursive: true });

const compiled = await compile(root, work, values.features);
const optimized = await optimize(root, compiled, work);
await bundle(root, optimized, out);
await copyFile(path.join(root, 'index.d.ts'), path.join(out, 'index.d.mts'));

console.log(`built ${path.relative(root, out) || '.'}/`);
