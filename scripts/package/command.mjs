// The package `flex-glance-cli`: one file, with the proxy agents that others wrote inside, what it deploys, and the
// licences.

import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { build } from './esbuild.mjs';

const LICENCES = ['LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY-LICENSES'];

/** What `deploy` brings into an account, and its name there: the Function is CommonJS, the package is not. */
const DEPLOYED = {
  'functions/getloginkey.js': 'getloginkey.cjs',
  'dist/plugin.js': 'plugin.js',
};

/**
 * Writes `cli/dist/flex-glance.mjs`, `cli/deployed/` and the licences. Where nobody has built the plugin yet,
 * `deploy` says so.
 * @param {string} root The project's folder.
 */
export async function bundleCommand(root) {
  const folder = path.join(root, 'cli');
  const leftOut = path.join(root, 'scripts', 'package', 'left-out.mjs');
  await build(root, {
    entryPoints: [path.join(folder, 'src', 'index.mjs')],
    outfile: path.join(folder, 'dist', 'flex-glance.mjs'),
    format: 'esm',
    platform: 'node',
    target: 'node18',
    bundle: true,
    charset: 'ascii',
    legalComments: 'none',
    alias: { debug: leftOut, 'proxy-agent-negotiate': leftOut },
    banner: { js: '/* With proxy agents that others wrote, see THIRD-PARTY-LICENSES */' },
  });
  await mkdir(path.join(folder, 'deployed'), { recursive: true });
  for (const [source, name] of Object.entries(DEPLOYED)) {
    if (existsSync(path.join(root, source))) {
      await copyFile(path.join(root, source), path.join(folder, 'deployed', name));
    }
  }
  for (const name of LICENCES) await copyFile(path.join(root, name), path.join(folder, name));
}
