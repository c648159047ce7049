// The doctor, `flex-glance/doctor`: one file per module format, and its types.

import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkSyntax } from './bundle.mjs';
import { build } from './esbuild.mjs';
import { writeFolder } from './folders.mjs';

/**
 * Writes `doctor.mjs`, `doctor.js` (CommonJS) and their types to `out`, and beside `out` the folder by
 * which tools find them that know no `exports`.
 * @param {string} root The project's folder.
 * @param {string} out
 * @throws {Error} If a file holds something that a Flex plugin build does not accept.
 */
export async function bundleDoctor(root, out) {
  const source = path.join(root, 'src', 'doctor');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  for (const [file, format] of [
    ['doctor.mjs', 'esm'],
    ['doctor.js', 'cjs'],
  ]) {
    const outfile = path.join(out, file);
    await build(root, {
      entryPoints: [path.join(source, 'index.mjs')],
      outfile,
      format,
      bundle: true,
      target: 'es2018',
      charset: 'ascii',
      legalComments: 'none',
      loader: { '.css': 'text' },
      define: { VERSION: JSON.stringify(version) },
      banner: { js: `/* flex-glance/doctor ${version}, MIT OR Apache-2.0 */` },
    });
    await checkSyntax(outfile);
  }
  for (const types of ['doctor.d.ts', 'doctor.d.mts']) {
    await copyFile(path.join(source, 'index.d.ts'), path.join(out, types));
  }
  await writeFolder(path.dirname(out), 'doctor', out);
}
