// What a plugin grows by with the component.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundlePlugin, gzipBytes } from '../plugin-bundle.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export const title = 'Bytes, gzip -9, of one file with everything but React in it';

export const columns = ['flex-glance'];

export async function measure({ bench }) {
  const bytes = gzipBytes(await bundlePlugin("export * from './dist/index.mjs';", root));
  const react = gzipBytes(bench.files.get('react-dom.js'));
  return [
    { what: 'what a Flex plugin grows by', unit: 'bytes', values: [bytes] },
    { what: 'on a page that has no React yet', unit: 'bytes', values: [bytes + react] },
  ];
}
