// The WebAssembly module as a file of its own, for `flex-glance/external`.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const CUSTOM_SECTION = 0;
const NAME = 'flex-glance';
const ID_LENGTH = 16;

/**
 * Writes `flex_glance.wasm` to `out`, with an id in a custom section, by which the code can tell
 * whether it was served the module that belongs to it.
 * @param {string} wasm The optimized module's file.
 * @param {string} glue Its glue: a module belongs to one alone.
 * @param {string} out
 * @returns {Promise<string>} The id: 16 hexadecimal digits of a hash of both.
 */
export async function writeModule(wasm, glue, out) {
  const module = await readFile(wasm);
  const hash = createHash('sha256').update(module).update(glue).digest('hex');
  const id = hash.slice(0, ID_LENGTH);
  // All lengths are below 128, which makes them one byte of LEB128.
  const content = Buffer.concat([Buffer.from([NAME.length]), Buffer.from(NAME + id)]);
  const section = Buffer.concat([Buffer.from([CUSTOM_SECTION, content.length]), content]);
  await writeFile(path.join(out, 'flex_glance.wasm'), Buffer.concat([module, section]));
  return id;
}
