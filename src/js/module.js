/** The WebAssembly module, which is inside this very file. `external/module.js` takes its place there. */
import { packed, unpacker } from '#module';

import { unpack } from './unpack.js';

export { hurry } from './unpack.js';

/** @returns {Promise<WebAssembly.Module>} */
export async function compileModule() {
  return WebAssembly.compile(await unpack(packed, unpacker));
}
