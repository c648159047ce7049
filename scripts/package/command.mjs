// The package `flex-glance-cli`: one file, with the proxy agents that others wrote inside, what it deploys, and the
// licences.

import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { COMMAND, copiesOf } from './command-files.mjs';
import { build } from './esbuild.mjs';

/**
 * Writes `cli/dist/flex-glance.mjs`, `cli/deployed/` and the licences. Where nobody has built the plugin yet,
 * `deploy` says so.
 * @param {string} root The project's folder.
 */
export async function bundleCommand(root) {
  const leftOut = path.join(root, 'scripts', 'package', 'left-out.mjs');
  await build(root, {
    entryPoints: [path.join(root, 'cli', 'src', 'index.mjs')],
    outfile: path.join(root, COMMAND),
    format: 'esm',
    platform: 'node',
    target: 'node18',
    bundle: true,
    charset: 'ascii',
    legalComments: 'none',
    alias: { debug: leftOut, 'proxy-agent-negotiate': leftOut },
    banner: { js: '/* With proxy agents that others wrote, see THIRD-PARTY-LICENSES */' },
  });
  for (const [copy, source] of copiesOf(root)) {
    await mkdir(path.dirname(path.join(root, copy)), { recursive: true });
    await copyFile(path.join(root, source), path.join(root, copy));
  }
}
