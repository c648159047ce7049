/** The WebAssembly module, which is inside this very file. `external/module.js` takes its place there. */
import { packed, size } from '#module';

import { unpack } from './unpack.js';

/** @returns {Promise<WebAssembly.Module>} */
export async function compileModule() {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return WebAssembly.compile(await unpack(bytes, size));
}
