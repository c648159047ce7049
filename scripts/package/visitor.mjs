// The visitor's side, `flex-glance/visitor`: one file per module format, and its types.

import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkSyntax } from './bundle.mjs';
import { build } from './esbuild.mjs';
import { writeFolder } from './folders.mjs';

const FILES = [
  ['visitor.mjs', { entry: 'index.js', format: 'esm' }],
  ['visitor.js', { entry: 'index.js', format: 'cjs' }],
  ['visitor.min.js', { entry: 'classic.js', format: 'iife', minify: true }],
];

/**
 * Writes `visitor.mjs`, `visitor.js` (CommonJS), `visitor.min.js` (classic script) and their types to
 * `out`, and beside `out` the folder by which tools find them that know no `exports`.
 * @param {string} root The project's folder.
 * @param {string} out
 * @throws {Error} If a file holds something that a Flex plugin build does not accept.
 */
export async function bundleVisitor(root, out) {
  const source = path.join(root, 'www', 'visitor');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  for (const [file, { entry, format, minify }] of FILES) {
    const outfile = path.join(out, file);
    await build(root, {
      entryPoints: [path.join(source, entry)],
      outfile,
      format,
      bundle: true,
      minify,
      target: 'es2018',
      charset: 'ascii',
      legalComments: 'none',
      banner: { js: `/* flex-glance/visitor ${version}, MIT OR Apache-2.0 */` },
    });
    await checkSyntax(outfile);
  }
  for (const types of ['visitor.d.ts', 'visitor.d.mts']) {
    await copyFile(path.join(source, 'index.d.ts'), path.join(out, types));
  }
  await writeFolder(path.dirname(out), 'visitor', out);
}
