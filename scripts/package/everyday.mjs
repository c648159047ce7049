// The everyday build: stable Rust alone, and the crates as they are published. What ships is made by
// `compile.mjs` and `optimize.mjs`.

import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../run.mjs';
import { bundle } from './bundle.mjs';
import { bind } from './compile.mjs';
import { COMPONENT } from './entries.mjs';
import { writeModule } from './external.mjs';

/**
 * Writes the component's entries to `out`.
 * @param {string} root The project's folder.
 * @param {string} features Cargo features beside those of the package, separated by commas.
 * @param {string} out
 */
export async function buildEveryday(root, features, out) {
  const work = path.join(root, 'target', 'package-everyday');
  await mkdir(work, { recursive: true });
  const { wasm, glue } = await compile(root, work, features);
  const optimized = path.join(work, 'optimized.wasm');
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  await run(wasmOpt, ['-Oz', '--strip-target-features', wasm, '-o', optimized]);
  const text = await readFile(glue, 'utf8');
  const id = await writeModule(optimized, text, out);
  await bundle(root, COMPONENT, { glue: text, wasm: optimized, id }, out);
}

async function compile(root, work, features) {
  const target = path.join(root, 'target');
  // `cargo rustc`, as in `compile.mjs`: the cdylib alone gets link-time optimisation.
  const args = ['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib'];
  args.push('--target', 'wasm32-unknown-unknown', '--target-dir', target);
  args.push('--features', ['package', features].filter(Boolean).join(','));
  // -1: the compiler takes nothing that is not stable, whatever the caller's environment says.
  await run('cargo', args, { cwd: root, env: { RUSTC_BOOTSTRAP: '-1', RUSTFLAGS: '' } });
  return bind(root, target, work);
}
