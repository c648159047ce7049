// The package `flex-glance-cli`: one file, with the proxy agents that others wrote inside, and the licences.

import { copyFile } from 'node:fs/promises';
import path from 'node:path';

import { build } from './esbuild.mjs';

const LICENCES = ['LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY-LICENSES'];

/**
 * Writes `cli/dist/flex-glance.mjs` and the licences beside it.
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
  for (const name of LICENCES) await copyFile(path.join(root, name), path.join(folder, name));
}
