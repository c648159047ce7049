// Builds the npm package: cargo, wasm-bindgen, wasm-opt, esbuild.
//
//   npm run build                     writes dist/ and the folders of the subpaths
//   npm run build -- --only visitor   only what visitors' pages use, in a moment
//   npm run build -- --only doctor    only the doctor, in a moment
//   npm run build -- --only command   only the command line's package, cli/, in a moment
//   npm run build -- --everyday --features trap --out target/trap
//   npm run build -- --everyday       sooner and larger, into target/everyday/: see package/flags.mjs
//
// It prints what each entry weighs. What it writes into dist/ is what ships: the tests run these bytes.

import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { bundle } from './package/bundle.mjs';
import { bundleCommand } from './package/command.mjs';
import { bind, compile } from './package/compile.mjs';
import { bundleDoctor } from './package/doctor.mjs';
import { COMPONENT } from './package/entries.mjs';
import { writeModule } from './package/external.mjs';
import { EVERYDAY, RELEASE } from './package/flags.mjs';
import { optimize } from './package/optimize.mjs';
import { bundleVisitor } from './package/visitor.mjs';
import { printWeights } from './package/weights.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    features: { type: 'string', default: '' },
    everyday: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
const PARTS = {
  visitor: () => bundleVisitor(root, out),
  doctor: () => bundleDoctor(root, out),
  command: () => bundleCommand(root),
  component: async () => {
    await component();
    await copyFile(path.join(root, 'index.d.ts'), path.join(out, 'index.d.mts'));
  },
};
if (values.help || (values.only !== undefined && !Object.hasOwn(PARTS, values.only))) {
  const parts = Object.keys(PARTS).join('|');
  console.log(
    `Usage: npm run build -- [--everyday] [--only ${parts}] [--features NAMES] [--out FOLDER]`,
  );
  process.exit(values.help ? 0 : 2);
}

const release = path.join(root, 'dist');
const out = path.resolve(root, values.out ?? (values.everyday ? 'target/everyday' : 'dist'));
await mkdir(out, { recursive: true });
for (const [part, make] of Object.entries(PARTS)) {
  if (values.only === undefined || values.only === part) await make();
}
console.log(`built ${path.relative(root, out) || '.'}/`);
await printWeights(out, out === release ? undefined : release);

async function component() {
  const flags = values.everyday ? EVERYDAY : RELEASE;
  const name = [flags.name, ...values.features.split(',').filter(Boolean)].join('-');
  const work = path.join(root, 'target', 'package', name);
  await mkdir(work, { recursive: true });
  const bound = await bind(root, await compile(root, flags, values.features), work);
  const wasm = await optimize(root, flags, bound.wasm, work);
  const glue = await readFile(bound.glue, 'utf8');
  const id = await writeModule(wasm, glue, out);
  await bundle(root, COMPONENT, { glue, wasm, id }, out);
}
