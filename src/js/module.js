/** The WebAssembly module, which is inside this very file. `external/module.js` takes its place there. */
import { packed } from '#module';

import { unpack } from './unpack.js';

/** The browser unpacks it beside the page's own work, as fast as it can. */
export function hurry() {}

/** @returns {Promise<WebAssembly.Module>} */
export async function compileModule() {
  return WebAssembly.compile(await unpack(packed));
}
