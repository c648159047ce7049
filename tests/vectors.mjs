/** What `vectors/` holds, of which `vectors/README.md` tells. */

import { readFileSync } from 'node:fs';

/** @param {string} name Of the file, without `.json`. */
export function vectors(name) {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));
}
