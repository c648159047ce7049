// Bundles the genuine Flex UI from npm into one classic script, sandbox/dist/flex.js, or one of its older
// versions into sandbox/dist/flex-<version>.js.
//
//   node sandbox/desktop/build.mjs             does nothing when the bundle is up to date
//   node sandbox/desktop/build.mjs 2.16.0      this version, which sandbox/package.json has to name
//
// The bundle is made on each machine and never committed: parts of it are not open source.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What sandbox/package.json calls an older version of Flex UI. */
const ALIAS = 'flex-ui-';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A digest of everything the bundle is made from; package-lock.json stands for node_modules. */
function inputs() {
  const hash = createHash('sha256');
  for (const name of ['../package-lock.json', 'build.mjs', 'entry.js', 'node-globals.js']) {
    hash.update(readFileSync(here(name)));
  }
  return hash.digest('hex');
}

/** The versions beside the newest that sandbox/package.json names, the newest first. */
export function olderVersions() {
  const { dependencies } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
  const names = Object.keys(dependencies).filter((name) => name.startsWith(ALIAS));
  const newestFirst = (a, b) => b.localeCompare(a, 'en', { numeric: true });
  return names.map((name) => name.slice(ALIAS.length)).sort(newestFirst);
}

/**
 * Makes the bundle unless it is there already.
 *
 * @param {string} [version] An older one.
 * @returns {Promise<boolean>} whether anything was built
 */
export async function buildFlex(version) {
  const outfile = here(`../dist/flex${version ? `-${version}` : ''}.js`);
  const stampFile = `${outfile}.made-from`;
  const stamp = inputs();
  const hasStamp = existsSync(outfile) && existsSync(stampFile);
  if (hasStamp && readFileSync(stampFile, 'utf8') === stamp) return false;
  const older = version && { '@twilio/flex-ui': `${ALIAS}${version}` };
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
    alias: { path: 'path-browserify', ...older },
    inject: [here('node-globals.js')],
    loader: { '.svg': 'dataurl', '.png': 'dataurl' },
  });
  writeFileSync(stampFile, stamp);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildFlex(process.argv[2]);
  console.log(built ? 'Flex UI bundled into sandbox/dist' : 'Flex UI bundle is up to date');
}
