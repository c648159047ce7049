// One file per entry and module format, with the glue and the module inlined.

import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';

import globals from 'globals';

import { run } from '../run.mjs';
import { build } from './esbuild.mjs';
import { writeFolder } from './folders.mjs';

// What the stock Flex plugin build cannot parse (webpack 4, which transpiles no dependency) or would
// not deploy (a second chunk).
const FORBIDDEN = [/\?\.[a-zA-Z_[(]/, /\?\?/, /\bimport\.meta\b/, /\bimport\(/];

/**
 * Writes each entry's `.mjs`, `.js` (CommonJS) and types to `out`, and beside `out` the folder by which
 * tools find it that know no `exports`.
 * @param {string} root The project's folder.
 * @param {object[]} entries As in `entries.mjs`.
 * @param {{glue?: string, wasm?: string, id?: string}} built What `#glue`, `#module` and `#module-id`
 *   are, for those that import them: the glue's text, the module's file and its id.
 * @param {string} out
 * @throws {Error} If a file holds something that a Flex plugin build does not accept.
 */
export async function bundle(root, entries, built, out) {
  const inlined = { ...built, packed: built.wasm && (await pack(root, built.wasm)) };
  inlined.bytes = built.wasm && (await readFile(built.wasm, 'base64'));
  for (const { name, source, types } of entries) {
    for (const [format, ending] of [
      ['esm', 'mjs'],
      ['cjs', 'js'],
    ]) {
      const outfile = path.join(out, `${name}.${ending}`);
      await build(root, {
        entryPoints: [path.join(root, source)],
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
    if (!types) continue;
    for (const ending of ['d.ts', 'd.mts']) {
      await copyFile(path.join(root, types), path.join(out, `${name}.${ending}`));
    }
    await writeFolder(path.dirname(out), name, out);
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

/** @returns {Promise<string>} The file as `src/js/unpack.js` reads it. */
async function pack(root, file) {
  const packed = `${file}.deflate`;
  await run('cargo', ['run', '--locked', '--quiet', '-p', 'deflate', '--', file, packed], {
    cwd: root,
  });
  return (await readFile(packed)).toString('base64');
}

/** Resolves the names that begin with `#` to what was built, see `src/js/wasm/built.d.ts`. */
function inline({ glue, packed, bytes, id }) {
  const contents = {
    '#glue': () => asFunction(glue, 'WebAssembly, fetch'),
    '#page-glue': () => asFunction(glue, `{ ${browserNames(glue).join(', ')} }`),
    '#module': () => `export const packed = '${packed}';`,
    '#module-bytes': () => `export const bytes = '${bytes}';`,
    '#module-id': () => `export const id = '${id}';`,
  };
  return {
    name: 'inline',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#/ }, ({ path: name }) => ({
        path: name,
        namespace: 'inline',
      }));
      onLoad({ filter: /.*/, namespace: 'inline' }, ({ path: name }) => ({
        contents: contents[name](),
      }));
    },
  };
}

// The glue keeps its state in its own scope. As a function it can be called again for a fresh
// instance, and the parameters' names inside it are what the caller passes.
function asFunction(glue, parameters) {
  if (!/\bfetch\(/.test(glue)) throw new Error('The glue calls no fetch: has gloo-net changed?');
  return `export function createGlue(${parameters}) {\n${glue}\nreturn wasm_bindgen;\n}`;
}

/** What the glue uses of its surroundings: all that a browser has, with the clock and the global object. */
function browserNames(glue) {
  const words = new Set(glue.match(/(?<![.\w$])[A-Za-z]\w*/g));
  const names = [...Object.keys(globals.browser), 'Date', 'globalThis'];
  return names.filter((name) => words.has(name));
}
