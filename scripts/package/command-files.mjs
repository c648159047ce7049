// The files of the package `flex-glance-cli` beside its sources. Asked before anything is installed.

import { existsSync } from 'node:fs';
import path from 'node:path';

export const COMMAND = 'cli/dist/flex-glance.mjs';

/** Where each file that is copied comes from: what `deploy` brings into an account, and the licences. */
const COPIES = {
  // The Function is CommonJS, the package is not.
  'cli/deployed/getloginkey.cjs': 'functions/getloginkey.js',
  'cli/deployed/plugin.js': 'dist/plugin.js',
  'cli/LICENSE-MIT': 'LICENSE-MIT',
  'cli/LICENSE-APACHE': 'LICENSE-APACHE',
  'cli/THIRD-PARTY-LICENSES': 'THIRD-PARTY-LICENSES',
};

/**
 * @param {string} root The project's folder.
 * @returns {[copy: string, source: string][]} Without the plugin where nobody has built it yet.
 */
export function copiesOf(root) {
  return Object.entries(COPIES).filter(([, source]) => existsSync(path.join(root, source)));
}
