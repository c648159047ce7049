// Folders by which tools find a subpath that know no `exports`.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes `<name>/package.json`: webpack 4, Jest 27 and TypeScript's older resolution look there.
 * @param {string} root The package's folder.
 * @param {string} name The subpath, `visitor` for `flex-glance/visitor`.
 * @param {string} out The folder of its `.js`, `.mjs` and `.d.ts`.
 */
export async function writeFolder(root, name, out) {
  const folder = path.join(root, name);
  const dist = `../${path.basename(out)}/${name}`;
  const manifest = {
    main: `${dist}.js`,
    module: `${dist}.mjs`,
    types: `${dist}.d.ts`,
    sideEffects: false,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
