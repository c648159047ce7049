// What the command line, `npx flex-glance`, does not import as it is: the proxy agents.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { build } from './esbuild.mjs';

/**
 * Writes `proxy-agents.mjs` to `out`.
 * @param {string} root The project's folder.
 * @param {string} out
 */
export async function bundleProxyAgents(root, out) {
  const source = path.join(root, 'src', 'proxy-agents');
  const leftOut = path.join(source, 'left-out.mjs');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await build(root, {
    entryPoints: [path.join(source, 'index.mjs')],
    outfile: path.join(out, 'proxy-agents.mjs'),
    format: 'esm',
    platform: 'node',
    target: 'node18',
    bundle: true,
    charset: 'ascii',
    legalComments: 'none',
    alias: { debug: leftOut, 'proxy-agent-negotiate': leftOut },
    banner: {
      js: `/* flex-glance ${version}: proxy agents that others wrote, see THIRD-PARTY-LICENSES */`,
    },
  });
}
