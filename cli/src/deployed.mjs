// What `flex-glance deploy` brings into an account: the login-key Function and the plugin, as they are in this
// package, at its version.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Beside `src/` and `dist/` alike. */
const at = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const FUNCTION = 'deployed/getloginkey.cjs';
const PLUGIN = 'deployed/plugin.js';

/**
 * @returns {{version: string, code: string, bundle: Buffer, bundleDigest: string}}
 * @throws {Error} If this package was put together without one of them.
 */
export function readDeployed() {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const bundle = read(PLUGIN);
  return {
    version,
    code: readFunction().toString('utf8'),
    bundle,
    bundleDigest: createHash('sha256').update(bundle).digest('hex').slice(0, 12),
  };
}

/**
 * @returns {Buffer} The Function's code.
 * @throws {Error} As `readDeployed`.
 */
export function readFunction() {
  return read(FUNCTION);
}

/** The Function itself, which judges its variables better than anybody else could. */
export function loadFunction() {
  return createRequire(import.meta.url)(at(FUNCTION));
}

function read(name) {
  try {
    return readFileSync(at(name));
  } catch (error) {
    throw new Error(
      `This copy of flex-glance-cli has no ${name} (${error.code}). Install the packed one; from the sources, npm start builds it.`,
      { cause: error },
    );
  }
}
