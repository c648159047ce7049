// Bundlers with each React, and without any.

import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { bundlers } from '../bundlers.mjs';
import { installProject, root, versionOf } from '../package.mjs';

const APP = path.join(root, 'tests', 'matrix', 'app');
const REACTS = ['17', '18', '19'];
const KEYS = ['inlined', 'external'];

/** @param {import('../record.mjs').Record} record */
export async function check(record, { tarball, stage }) {
  for (const major of REACTS) {
    const version = await versionOf(`react-${major}`);
    const column = `React ${version}`;
    const dependencies = { react: version, 'react-dom': version };
    const folder = await record.step(`${column}: npm install`, () =>
      installProject(`react-${major}`, tarball, { dependencies }),
    );
    const render = major === '17' ? 'render-legacy.js' : 'render-root.js';
    await writeApp(folder, 'react.js', render);
    for (const { name, title, build } of await bundlers()) {
      await record.cell('bundlers', title, column, async () => {
        const out = await outputOf(folder, name);
        await build(folder, out);
        await stage.click(out, KEYS);
      });
    }
  }
  // Without React among its packages, it is not installed for ours either.
  const folder = await record.step('No React: npm install', () =>
    installProject('element', tarball),
  );
  await writeApp(folder, 'element.js');
  for (const { name, title, build } of await bundlers()) {
    await record.cell('bundlers', title, '`<flex-glance>`, no React', async () => {
      const out = await outputOf(folder, name);
      await build(folder, out);
      await stage.click(out, ['element']);
    });
  }
}

async function writeApp(folder, main, render) {
  const files = { 'index.html': 'index.html', 'props.js': 'props.js', 'main.js': main };
  if (render) files['render.js'] = render;
  for (const [to, from] of Object.entries(files)) {
    await cp(path.join(APP, from), path.join(folder, to));
  }
}

/** A folder to build into, with what the page loads besides its script. */
export async function outputOf(folder, name) {
  const out = path.join(folder, 'out', name);
  await mkdir(out, { recursive: true });
  await cp(path.join(APP, 'index.html'), path.join(out, 'index.html'));
  const wasm = path.join(folder, 'node_modules', 'flex-glance', 'dist', 'flex_glance.wasm');
  await cp(wasm, path.join(out, 'flex_glance.wasm'));
  return out;
}
