// Bundles the browser code of Glance's stand-in: www/glance/ -> sandbox/dist/glance/.

import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

await build({
  entryPoints: {
    visitor: path('../../www/glance/visitor/index.js'),
    viewer: path('../../www/glance/viewer/index.js'),
    'presence-agent': path('../../www/glance/presence-agent/index.js'),
    'presence-agent-faulty': path('../../www/glance/presence-agent/faulty.js'),
    'presence-visitor': path('../../www/glance/presence-visitor/index.js'),
  },
  outdir: path('../dist/glance'),
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  format: 'iife',
  target: 'es2022',
  loader: { '.css': 'text' },
  nodePaths: [path('../node_modules')],
  logLevel: 'warning',
});
