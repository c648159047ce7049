// How everything here is bundled: as a Flex plugin is, which finds React on the page.

import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

/**
 * @param {string} code What the plugin imports.
 * @param {string} resolveDir Where its packages are.
 * @param {import('esbuild').BuildOptions} [options] Stylesheets are left out, unless these say otherwise.
 * @returns {Promise<string>} One minified file with everything but React in it.
 */
export async function bundlePlugin(code, resolveDir, options) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react', 'react-dom'],
    ...options,
  });
  return outputFiles[0].text;
}

/** @param {string} text */
export function gzipBytes(text) {
  return gzipSync(text, { level: 9 }).length;
}
