// One file per module format: index.js, the glue and the inlined module.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { build } from 'esbuild';

// What the stock Flex plugin build cannot parse (webpack 4, which transpiles no dependency) or would
// not deploy (a second chunk).
const FORBIDDEN = [/\?\.[a-zA-Z_[(]/, /\?\?/, /\bimport\.meta\b/, /\bimport\(/];

/**
 * Writes `index.mjs` and `index.js` (CommonJS) to `out`.
 * @param {string} root The project's folder.
 * @param {{packed: string, unpacker: string, glue: string}} optimized The packed module's file, the
 *   text of what unpacks it, and that of the glue.
 * @param {string} out
 * @throws {Error} If a file holds something that a Flex plugin build does not accept.
 */
export async function bundle(root, optimized, out) {
  const packed = await readFile(optimized.packed, 'base64');
  const inlined = { ...optimized, packed };
  for (const [format, file] of [
    ['esm', 'index.mjs'],
    ['cjs', 'index.js'],
  ]) {
    const outfile = path.join(out, file);
    await build({
      entryPoints: [path.join(root, 'index.js')],
      outfile,
      format,
      bundle: true,
      minify: true,
      target: 'es2018',
      charset: 'ascii',
      external: ['react'],
      legalComments: 'none',
      plugins: [inline(inlined)],
    });
    await checkSyntax(outfile);
  }
}

/**
 * @param {string} file
 * @throws {Error} If the file holds something that a Flex plugin build does not accept.
 */
export async function checkSyntax(file) {
  const text = await readFile(file, 'utf8');
  const found = FORBIDDEN.find((pattern) => pattern.test(text));
  if (found) {
    throw new Error(
      `${path.basename(file)} holds ${found}, which a Flex plugin build does not accept.`,
    );
  }
}

/** Resolves `#glue` and `#module` to what was built. */
function inline({ glue, packed, unpacker }) {
  return {
    name: 'inline',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#(glue|module)$/ }, ({ path: name }) => ({
        path: name,
        namespace: 'inline',
      }));
      onLoad({ filter: /.*/, namespace: 'inline' }, ({ path: name }) => ({
        contents:
          name === '#glue'
            ? asFunction(glue)
            : `export const packed = '${packed}';\nexport const unpacker = ${JSON.stringify(unpacker)};`,
      }));
    },
  };
}

// The glue keeps its state in its own scope. As a function it can be called again for a fresh
// instance, and `WebAssembly` inside it is what the caller passes.
function asFunction(glue) {
  return `export function createGlue(WebAssembly) {\n${glue}\nreturn wasm_bindgen;\n}`;
}
