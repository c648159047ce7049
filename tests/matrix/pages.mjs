// The pages of `app/`, as projects build and serve them.

import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from './package.mjs';

const APP = path.join(root, 'tests', 'matrix', 'app');

/** React's versions, by the name of their package among the toolchains (`react-17`). */
export const REACTS = ['17', '18', '19'];

/**
 * Writes a page into a project: `main.js`, and what it imports beside the packages.
 * @param {string} project
 * @param {string} main Its file in `app/`.
 * @param {string} [react] The major version, for pages with React.
 * @returns {Promise<string>} The page's folder.
 */
export async function writePage(project, main, react) {
  const folder = path.join(project, path.basename(main, '.js'));
  const render = react === '17' ? 'render-legacy.js' : 'render-root.js';
  const files = { 'index.html': 'index.html', 'props.js': 'props.js', 'main.js': main };
  await mkdir(folder, { recursive: true });
  for (const [to, from] of Object.entries(react ? { ...files, 'render.js': render } : files)) {
    await cp(path.join(APP, from), path.join(folder, to));
  }
  return folder;
}

/** A folder to build a page into, with the page's HTML in it. */
export async function outputOf(page, name) {
  const out = path.join(page, 'out', name);
  await mkdir(out, { recursive: true });
  await cp(path.join(APP, 'index.html'), path.join(out, 'index.html'));
  return out;
}

/**
 * Has `flex-glance/external` find its module in the ways of docs/external.md: webpack and Vite copy the
 * file themselves, for others it is copied here, under a name with its id.
 */
export async function hostModule(project, page, out, bundler) {
  const copies = ['webpack', 'vite'].includes(bundler);
  const from = `module-url${copies ? `-${bundler}` : ''}.js`;
  await cp(path.join(APP, from), path.join(page, 'module-url.js'));
  if (copies) return;
  const wasm = path.join(project, 'node_modules', 'flex-glance', 'dist', 'flex_glance.wasm');
  const id = (await readFile(wasm)).subarray(-16).toString();
  await cp(wasm, path.join(out, `flex_glance-${id}.wasm`));
}
