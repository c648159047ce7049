/** The WebAssembly module as a part of this very file. */
import { createGlue } from '#glue';
import { packed, unpacker } from '#module';

import { hurry, unpack } from '../unpack.js';

/** @type {import('./wasm.js').Wasm} */
export const inlineWasm = {
  compile: async () => WebAssembly.compile(await unpack(packed, unpacker)),
  raisePriority: hurry,
  createGlue,
};
