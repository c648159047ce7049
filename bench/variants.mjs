// What is measured side by side: the package as it ships, and what it shows in plain React and in Preact.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { bundlePlugin } from './plugin-bundle.mjs';
import { viewsModule } from './react/views.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** In the order of every table. */
export const VARIANTS = [
  { name: 'ours', title: 'ours' },
  { name: 'react', title: 'React 17' },
  { name: 'preact', title: 'Preact' },
];

/** The states that the measurements come to, whose views the twins have. */
const MEASURED = ['no task', 'no customer', 'ready', 'getting the key'];

/**
 * Bundles every variant.
 * @returns {Promise<Map<string, string>>} Texts by file name: a module of each variant, `react-dom.js`,
 *   which puts React on the page, and `views.js` with all recorded views.
 */
export async function bundleVariants() {
  const alias = { react: 'preact/compat', 'react-dom': 'preact/compat' };
  // The page that hosts the Preact twin shares its Preact.
  const rendered = "export { createElement, render } from 'preact/compat';";
  return new Map([
    ['ours.mjs', await readFile(path.join(root, 'dist', 'index.mjs'), 'utf8')],
    ['react.mjs', await bundleTwin('')],
    ['preact.mjs', await bundleTwin(rendered, { alias, external: [] })],
    ['react-dom.js', await bundleReact()],
    ['views.js', viewsModule()],
  ]);
}

function bundleTwin(also, options) {
  return bundlePlugin(`export * from './bench/react/index.js'; ${also}`, root, {
    loader: { '.css': 'text' },
    plugins: [{ name: 'views', setup: withViews }],
    ...options,
  });
}

function withViews({ onResolve, onLoad }) {
  onResolve({ filter: /^#views$/ }, () => ({ path: 'views', namespace: 'views' }));
  onLoad({ filter: /.*/, namespace: 'views' }, () => ({ contents: viewsModule(MEASURED) }));
}

async function bundleReact() {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import * as React from 'react';
        import * as ReactDOM from 'react-dom';
        Object.assign(window, { React, ReactDOM });
      `,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    minify: true,
    target: 'es2018',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0].text;
}
