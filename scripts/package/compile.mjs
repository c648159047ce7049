// Rust to WebAssembly and its JavaScript glue.

import path from 'node:path';

import { run } from '../run.mjs';
import { patchCrates } from './patches.mjs';

// The standard library is built anew, for size and without panic messages: a panic is a trap, which
// the package handles like any other. These flags belong to nightly; RUSTC_BOOTSTRAP lets the pinned
// stable compiler take them, so that a build is the same on every machine.
export const SMALL = {
  RUSTC_BOOTSTRAP: '1',
  RUSTFLAGS: [
    '-Zunstable-options',
    '-Cpanic=immediate-abort',
    '-Zlocation-detail=none',
    '-Zfmt-debug=none',
    '-Clink-arg=-zstack-size=131072',
    // See `patches/`.
    '--cfg=yew_elements_only',
    '--cfg=serde_wasm_bindgen_wordless',
    '--cfg=wasm_bindgen_wordless',
  ].join(' '),
};

/**
 * @param {string} root The project's folder.
 * @param {string} work A folder for what is made.
 * @param {string} features Cargo features beside those of the package, separated by commas.
 * @returns {Promise<{wasm: string, glue: string}>} The files that were written.
 */
export async function compile(root, work, features) {
  const target = path.join(root, 'target', 'small');
  // `cargo rustc` and not `cargo build`: with the rlib beside it, the cdylib gets no link-time
  // optimisation and is half as large again.
  const args = ['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib'];
  args.push('--target', 'wasm32-unknown-unknown', '--target-dir', target);
  args.push('-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size');
  args.push('--config', `paths=${JSON.stringify(await patchCrates(root))}`);
  args.push('--features', ['package', features].filter(Boolean).join(','));
  await run('cargo', args, { cwd: root, env: SMALL });

  return bind(root, target, work);
}

/**
 * Writes the glue of what cargo built.
 * @param {string} root The project's folder.
 * @param {string} target Cargo's target folder.
 * @param {string} work A folder for what is made.
 * @returns {Promise<{wasm: string, glue: string}>} The files that were written.
 */
export async function bind(root, target, work) {
  const module = path.join(target, 'wasm32-unknown-unknown', 'release', 'flex_glance.wasm');
  const folder = path.join(work, 'bindgen');
  await run('cargo', ['run', '--locked', '--quiet', '-p', 'bindgen', '--', module, folder], {
    cwd: root,
  });
  return {
    wasm: path.join(folder, 'flex_glance_bg.wasm'),
    glue: path.join(folder, 'flex_glance.js'),
  };
}
