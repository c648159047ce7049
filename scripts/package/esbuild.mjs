// esbuild, with a record of what each bundle is made from.

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build as bundle } from 'esbuild';

/**
 * Bundles, and keeps esbuild's metafile, which tells what the bundle is made from.
 * @param {string} root The project's folder.
 * @param {import('esbuild').BuildOptions} options With an `outfile`.
 */
export async function build(root, options) {
  const { metafile } = await bundle({ ...options, absWorkingDir: root, metafile: true });
  const record = recordOf(root, options.outfile);
  await mkdir(path.dirname(record), { recursive: true });
  await writeFile(record, JSON.stringify(metafile));
}

/**
 * @param {string} root The project's folder.
 * @param {string} outfile A bundle that `build` made.
 * @returns {Promise<string[]>} The files that it was made from, relative to `root`.
 * @throws {Error} If it was not made here.
 */
export async function sourcesOf(root, outfile) {
  const record = recordOf(root, outfile);
  if (!existsSync(record)) {
    const name = path.relative(root, outfile);
    throw new Error(`Nothing tells what ${name} is made from: run \`npm run build\`.`);
  }
  return Object.keys(JSON.parse(await readFile(record, 'utf8')).inputs);
}

function recordOf(root, outfile) {
  const name = path.relative(root, outfile).replaceAll(path.sep, '-');
  return path.join(root, 'target', 'metafiles', `${name}.json`);
}
