// Reads a Studio flow from a file.

import { readFileSync } from 'node:fs';

import { UsageError } from '../usage-error.mjs';

/**
 * @param {string} file
 * @throws {UsageError} If it cannot be read.
 */
export function readFlow(file) {
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new UsageError(`--flow: ${file} cannot be read (${error.code}). Name the exported file.`);
  }
}
