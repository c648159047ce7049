// The component's JavaScript as Node.js imports it: the package is CommonJS, and its sources are not.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/**
 * @param {...string} files Files of `src/js`.
 * @returns {Promise<object>} What they export, together. They share what they import.
 */
export async function importSources(...files) {
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((file) => `export * from './src/js/${file}';`).join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // One React for what is tested, bundled from CommonJS.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});`,
    },
    external: ['react'],
  });
  const text = outputFiles[0].text;
  const shared = text.replace(/import \* as (\w+) from "react";/g, 'const $1 = require("react");');
  return import(`data:text/javascript,${encodeURIComponent(shared)}`);
}
