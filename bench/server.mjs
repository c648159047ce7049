// Serves the bench page on this machine, cross-origin isolated: only then does Chromium's clock tick
// every 5 microseconds and not every 100.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleVariants } from './variants.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'page');

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html' };

/** The host that never answers. */
const SILENT = 'silent.';

const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

// `import … from 'react'` of the variants gives the React that is on the page.
const SHIMS = { '/page/react': 'React', '/page/react-dom': 'ReactDOM' };

/**
 * @returns {Promise<{origin: string, files: Map<string, string>, close: () => Promise<void>}>} `files`:
 *   the variants as they are served.
 */
export async function serve() {
  const files = await bundleVariants();
  const server = createServer((request, response) => {
    if (request.headers.host.startsWith(SILENT)) return;
    answer(files, new URL(request.url, 'http://localhost').pathname).then(
      ([status, type, body]) => {
        // A variant's module is fetched and compiled anew every time.
        const headers = { ...ISOLATED, 'content-type': type, 'cache-control': 'no-store' };
        response.writeHead(status, headers).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    files,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(files, pathname) {
  const name = pathname.slice(1);
  if (files.has(name)) return [200, 'text/javascript; charset=utf-8', files.get(name)];
  if (pathname in SHIMS) return [200, TYPES['.js'], await shim(SHIMS[pathname])];
  // Glance's viewer: an empty page.
  if (pathname.startsWith('/agentjoin/')) return [200, TYPES['.html'], '<!doctype html>'];
  const file = pathname === '/' ? 'index.html' : path.basename(pathname);
  const body = await readFile(path.join(folder, file), 'utf8');
  return [200, `${TYPES[path.extname(file)]}; charset=utf-8`, body];
}

async function shim(name) {
  const { default: library } = await import(name === 'React' ? 'react' : 'react-dom');
  const names = Object.keys(library).filter((key) => /^[a-z]\w*$/i.test(key));
  const exported = names.map((key) => `export const ${key} = window.${name}.${key};`);
  return [`export default window.${name};`, ...exported].join('\n');
}
