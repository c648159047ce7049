// What is measured side by side: the package as it ships, and its twins in plain React and in Preact.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** In the order of every table. `host` is what renders it in the bench page. */
export const VARIANTS = [
  { name: 'ours', title: 'ours', host: 'react' },
  { name: 'react', title: 'React 17', host: 'react' },
  { name: 'preact', title: 'Preact', host: 'preact' },
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
  files.set('react-dom.js', await bundleReact());
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

async function bundleTwin(options, also = '') {
  const { outputFiles } = await build({
    stdin: { contents: `export * from './bench/react/index.js';\n${also}`, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2018',
    charset: 'ascii',
    legalComments: 'none',
    loader: { '.js': 'jsx', '.css': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [withTexts(await readTexts())],
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

/**
 * The texts of `src/core/strings.rs`: name to `[English, Spanish]`.
 * @throws {Error} If the file is not written as expected.
 */
export async function readTexts() {
  const source = await readFile(path.join(root, 'src', 'core', 'strings.rs'), 'utf8');
  return parseTexts(source);
}

/** @param {string} source Rust, with a line `Name "name": "English" / "Spanish";` for each text. */
export function parseTexts(source) {
  const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
  const line = new RegExp(`^ +\\w+ ${quoted}: ${quoted}\\s*/\\s*${quoted};$`, 'gm');
  const texts = {};
  for (const [, name, ...both] of source.matchAll(line)) {
    texts[name] = both.map((text) => JSON.parse(`"${text}"`));
  }
  const declared = source.match(/^ +[A-Z]\w+ "\w+": "/gm) ?? [];
  if (declared.length === 0 || Object.keys(texts).length !== declared.length) {
    throw new Error('src/core/strings.rs is not written as bench/variants.mjs reads it.');
  }
  return texts;
}
