// Nothing that ships formats: the standard library's formatting weighs two kilobytes, packed.

import { readFile } from 'node:fs/promises';

import { readModule } from './wasm.mjs';

/**
 * @param {string} wasm A module with its names.
 * @throws {Error} If it has a function of the standard library's formatting.
 */
export async function refuseFormatting(wasm) {
  const { functions } = readModule(await readFile(wasm));
  const found = functions.find(({ name }) => /\bcore::fmt::|\bfmt::Display\b/.test(name));
  if (found) {
    throw new Error(
      `Something formats, by ${found.name}. Use \`concat\`, \`core::decimal\` and \`words\`; see "Size" in CONTRIBUTING.md.`,
    );
  }
}
