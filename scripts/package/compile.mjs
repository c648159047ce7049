// Rust to WebAssembly and its JavaScript glue.

import path from 'node:path';

import { CARGO_BAR } from '../progress.mjs';
import { run } from '../run.mjs';

/**
 * @param {string} root The project's folder.
 * @param {import('./flags.mjs').Flags} flags
 * @param {string} features Cargo features, separated by commas.
 * @param {(output: string) => void} [watch] Hears of cargo's progress.
 * @returns {Promise<string>} The module that was written.
 */
export async function compile(root, flags, features, watch) {
  const target = path.join(root, 'target', 'wasm', flags.name);
  // `cargo rustc` and not `cargo build`: with the rlib beside it, the cdylib gets no link-time
  // optimisation and is half as large again.
  const args = ['rustc', '--locked', '--profile', flags.profile, '--lib', '--crate-type', 'cdylib'];
  args.push('--target', 'wasm32-unknown-unknown', '--target-dir', target, ...flags.cargo);
  args.push('--features', ['batch', features].filter(Boolean).join());
  await run('cargo', args, { cwd: root, env: { ...CARGO_BAR, ...flags.env }, watch });
  return path.join(target, 'wasm32-unknown-unknown', flags.profile, 'flex_glance.wasm');
}

/**
 * @param {string} root The project's folder.
 * @param {string} module What `compile` wrote.
 * @param {string} work A folder for what is made.
 * @returns {Promise<{wasm: string, glue: string}>} The files that were written.
 */
export async function bind(root, module, work) {
  const folder = path.join(work, 'bindgen');
  await run('cargo', ['run', '--locked', '--quiet', '-p', 'bindgen', '--', module, folder], {
    cwd: root,
  });
  return {
    wasm: path.join(folder, 'flex_glance_bg.wasm'),
    glue: path.join(folder, 'flex_glance.js'),
  };
}
