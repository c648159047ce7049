// @ts-check
/** The WebAssembly module as a part of this very file. */
import { createGlue } from '#glue';
import { packed } from '#module';

import { unpack } from '../unpack.js';

/** @type {import('./wasm.js').Wasm} */
export const inlineWasm = {
  compile: async () => WebAssembly.compile(await unpack(packed)),
  // The browser unpacks it beside the page's own work, as fast as it can.
  raisePriority() {},
  createGlue,
};
