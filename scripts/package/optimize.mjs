// Smaller WebAssembly, by wasm-opt.

import path from 'node:path';

import { run } from '../run.mjs';

/**
 * @param {string} root The project's folder.
 * @param {import('./flags.mjs').Flags} flags
 * @param {string} wasm The module's file.
 * @param {string} work A folder for what is made.
 * @returns {Promise<string>} The optimized module's file.
 */
export async function optimize(root, flags, wasm, work) {
  const wasmOpt = path.join(root, 'node_modules', '.bin', 'wasm-opt');
  const optimized = path.join(work, 'optimized.wasm');
  await run(wasmOpt, [...flags.wasmOpt, '--strip-target-features', wasm, '-o', optimized]);
  return optimized;
}
