// The bundlers, each with what a project of its own would configure and nothing for our sake.

import { createRequire } from 'node:module';
import path from 'node:path';

import { tools, versionOf } from './package.mjs';

const load = createRequire(path.join(tools, 'package.json'));
const environment = (mode) => ({ 'process.env.NODE_ENV': JSON.stringify(mode) });

/**
 * By name: builds `main.js` of a project for the browser into `out`, from where `index.html` of the
 * project is served. React's StrictMode mounts twice in development alone, so one of them builds for
 * that.
 */
const BUILD = {
  webpack: (folder, out) =>
    new Promise((resolve, reject) => {
      const options = {
        mode: 'production',
        context: folder,
        entry: './main.js',
        output: { path: out, filename: 'main.js' },
        performance: { hints: false },
      };
      load('webpack')(options, (error, stats) => {
        if (error) reject(error);
        else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString()));
        else resolve();
      });
    }),
  async vite(folder, out) {
    const { build } = await import(load.resolve('vite'));
    // Beside `index.html`, which names the script.
    await build({
      root: folder,
      base: './',
      configFile: false,
      logLevel: 'error',
      build: { outDir: out, emptyOutDir: false, target: 'es2020' },
    });
  },
  async rollup(folder, out) {
    const { rollup } = load('rollup');
    const plugin = (name) => load(`@rollup/plugin-${name}`);
    const warnings = [];
    const bundle = await rollup({
      input: path.join(folder, 'main.js'),
      onwarn: ({ message }) => warnings.push(message),
      plugins: [
        plugin('replace')({ ...environment('production'), preventAssignment: true }),
        plugin('node-resolve')({ browser: true }),
        plugin('commonjs')(),
      ],
    });
    await bundle.write({ file: path.join(out, 'main.js'), format: 'es' });
    await bundle.close();
    const ours = warnings.filter((warning) => warning.includes('flex-glance'));
    if (ours.length > 0) throw new Error(ours.join('\n'));
  },
  async esbuild(folder, out) {
    const { warnings } = await load('esbuild').build({
      entryPoints: [path.join(folder, 'main.js')],
      outfile: path.join(out, 'main.js'),
      bundle: true,
      format: 'esm',
      define: environment('development'),
      logLevel: 'silent',
    });
    if (warnings.length > 0) throw new Error(JSON.stringify(warnings));
  },
};

const TITLES = { webpack: 'webpack', vite: 'Vite', rollup: 'Rollup', esbuild: 'esbuild' };

/** @returns {Promise<{title: string, build: Function}[]>} */
export async function bundlers() {
  return Promise.all(
    Object.entries(BUILD).map(async ([name, build]) => ({
      name,
      title: `${TITLES[name]} ${await versionOf(name)}`,
      build,
    })),
  );
}
