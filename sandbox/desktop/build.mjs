// Bundles the genuine Flex UI from npm into one classic script, sandbox/dist/flex.js.
//
//   node sandbox/desktop/build.mjs     does nothing when the bundle is up to date
//
// The bundle is made on each machine and never committed: parts of it are not open source.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const outfile = here('../dist/flex.js');
const stampFile = here('../dist/flex.js.made-from');

/** A digest of everything the bundle is made from; package-lock.json stands for node_modules. */
function inputs() {
  const hash = createHash('sha256');
  for (const name of ['../package-lock.json', 'build.mjs', 'entry.js', 'node-globals.js']) {
    hash.update(readFileSync(here(name)));
  }
  return hash.digest('hex');
}

function isUpToDate(stamp) {
  return existsSync(outfile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

/**
 * Makes the bundle unless it is there already.
 *
 * @returns {Promise<boolean>} whether anything was built
 */
export async function buildFlex() {
  const stamp = inputs();
  if (isUpToDate(stamp)) return false;
  mkdirSync(here('../dist'), { recursive: true });
  await build({
    absWorkingDir: here('..'),
    entryPoints: [here('entry.js')],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    logLevel: 'warning',
    mainFields: ['browser', 'module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    alias: { path: 'path-browserify' },
    inject: [here('node-globals.js')],
    loader: { '.svg': 'dataurl', '.png': 'dataurl' },
  });
  writeFileSync(stampFile, stamp);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildFlex();
  console.log(built ? 'Flex UI bundled into sandbox/dist/flex.js' : 'Flex UI bundle is up to date');
}
