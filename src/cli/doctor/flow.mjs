// Reads a Studio flow from a file.

import { readFileSync } from 'node:fs';

import { UsageError } from '../usage-error.mjs';

/**
 * @param {string} file
 * @throws {UsageError} If it cannot be read.
 */
export function readFlow(file) {
  try {
    return { file, text: decode(readFileSync(file)) };
  } catch (error) {
    throw new UsageError(`--flow: ${file} cannot be read (${error.code}). Name the exported file.`);
  }
}

/** UTF-8; or UTF-16, which the `>` of Windows PowerShell writes, by its byte order mark. */
function decode(bytes) {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
}
