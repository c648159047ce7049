// A subpath of the package for tools that know no `exports`.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * webpack 4, Jest 27 and TypeScript's older resolution look for a folder's `package.json`.
 * @param {string} root The package's folder.
 * @param {string} dist Name of the folder with the built files.
 * @param {string} name Of the subpath, and of its files in `dist`.
 */
export async function writeFolder(root, dist, name) {
  const folder = path.join(root, name);
  await mkdir(folder, { recursive: true });
  const manifest = {
    main: `../${dist}/${name}.js`,
    module: `../${dist}/${name}.mjs`,
    types: `../${dist}/${name}.d.ts`,
    sideEffects: false,
  };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
