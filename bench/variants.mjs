// What is measured side by side: the package as it ships, and its twins in plain React and in Preact.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { viewsModule } from './small/views.mjs';
import { isInModule, readLocales } from '../scripts/texts.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** In the order of every table. `host` is what renders it in the bench page. */
export const VARIANTS = [
  { name: 'ours', title: 'ours', host: 'react' },
  { name: 'react', title: 'React 17', host: 'react' },
  { name: 'preact', title: 'Preact', host: 'preact' },
  { name: 'full', title: 'full twin, React 17', host: 'react' },
  { name: 'full-preact', title: 'full twin, Preact', host: 'preact' },
];

/**
 * Bundles every variant.
 * @returns {Promise<Map<string, string>>} Texts by file name: a module of each variant, and `hosts.js`,
 *   which puts React and Preact on the page.
 */
export async function bundleVariants() {
  const files = new Map();
  files.set('ours.mjs', await readFile(path.join(root, 'dist', 'index.mjs'), 'utf8'));
  files.set('react.mjs', await bundleTwin({ external: ['react', 'react-dom'] }));
  const alias = { react: 'preact/compat', 'react-dom': 'preact/compat' };
  files.set('preact.mjs', await bundleTwin({ alias }));
  // The page that hosts the Preact twin shares its Preact.
  const rendered = "export { createElement, render } from 'preact/compat';";
  files.set('preact-hosted.mjs', await bundleTwin({ alias }, rendered));
  const full = './bench/react/index.js';
  files.set('full.mjs', await bundleTwin({ external: ['react', 'react-dom'] }, '', full));
  files.set('full-preact.mjs', await bundleTwin({ alias }, '', full));
  files.set('full-preact-hosted.mjs', await bundleTwin({ alias }, rendered, full));
  files.set('react-dom.js', await bundleReact());
  files.set('views.js', viewsModule());
  return files;
}

/**
 * Gzip bytes of what a plugin grows by, and of React for who has none.
 * @param {Map<string, string>} files
 */
export function weigh(files) {
  const gzip = (name) => gzipSync(files.get(name), { level: 9 }).length;
  return {
    ours: gzip('ours.mjs'),
    react: gzip('react.mjs'),
    preact: gzip('preact.mjs'),
    'react-dom': gzip('react-dom.js'),
  };
}

async function bundleTwin(options, also = '', from = './bench/small/index.js') {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${from}';\n${also}`, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2018',
    charset: 'ascii',
    legalComments: 'none',
    loader: { '.js': 'jsx', '.css': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [withTexts(readTexts()), withViews()],
    ...options,
  });
  return outputFiles[0].text;
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

/** Gives the twins the texts of the component. */
function withTexts(table) {
  return {
    name: 'twin',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#texts$/ }, () => ({ path: 'texts', namespace: 'texts' }));
      onLoad({ filter: /.*/, namespace: 'texts' }, () => ({
        contents: `export const table = ${JSON.stringify(table)};`,
      }));
    },
  };
}

/** The recorded views of the states that the measurements come to. */
const MEASURED = ['no task', 'no customer', 'getting the key', 'ready'];

function withViews() {
  return {
    name: 'views',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#views$/ }, () => ({ path: 'views', namespace: 'views' }));
      onLoad({ filter: /.*/, namespace: 'views' }, () => ({ contents: viewsModule(MEASURED) }));
    },
  };
}

/** The texts that the component's module has: name to `[English, Spanish]`. */
function readTexts() {
  const { en, es } = readLocales();
  const names = Object.keys(en).filter(isInModule);
  return Object.fromEntries(names.map((name) => [name, [en[name], es[name]]]));
}
