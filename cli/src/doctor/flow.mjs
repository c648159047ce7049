// Reads a Studio flow from a file.

import { readFileSync } from 'node:fs';

import { UsageError } from '../usage-error.mjs';
import { decode } from './encoding.mjs';

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
