/** Whether the component's WebAssembly can run here. */

import { underPolicy } from './policy.mjs';

/** The smallest module: the magic number and the version. */
const EMPTY = [0, 97, 115, 109, 1, 0, 0, 0];

/** @returns {Promise<'runs' | 'missing' | 'refused' | {directive: string}>} */
export async function tryWebAssembly() {
  if (typeof WebAssembly === 'undefined') return 'missing';
  const { outcome, directive } = await underPolicy('wasm-eval', async () => {
    try {
      await WebAssembly.compile(new Uint8Array(EMPTY));
      return true;
    } catch (_) {
      return false;
    }
  });
  if (outcome) return 'runs';
  return directive ? { directive } : 'refused';
}
