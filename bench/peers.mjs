// What a plugin grows by with Cobrowse.io's public agent kit, the one peer whose packages are on npm.

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { version as esbuild } from 'esbuild';

import { bundlePlugin, gzipBytes } from './plugin-bundle.mjs';

const run = promisify(execFile);

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const file = path.join(root, 'bench', 'peers.json');

/** Git ignores it. */
const folder = path.join(root, 'target', 'peers');

const PACKAGES = {
  'cobrowse-agent-sdk': '2.16.2',
  'cobrowse-agent-ui': '1.6.0',
  react: '19.2.9',
  'react-dom': '19.2.9',
};

const SDK = "export { default } from 'cobrowse-agent-sdk';";

/** What is bundled, by what it is called in the chart. */
const BUNDLES = {
  'Cobrowse.io: SDK alone, no UI': SDK,
  'Cobrowse.io: SDK, one button': `${SDK} export { SmartConnectButton } from 'cobrowse-agent-ui';`,
  'Cobrowse.io: the whole agent kit': `${SDK} export * from 'cobrowse-agent-ui';`,
};

/** What was taken last. */
export async function readPeers() {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Downloads the packages, bundles them and writes bench/peers.json. */
export async function takePeers() {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  console.log(`downloading ${wanted.join(', ')} into target/peers/`);
  const install = ['install', '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', [...install, ...wanted], { cwd: folder });
  const bundles = [];
  for (const [title, code] of Object.entries(BUNDLES)) {
    const text = await bundlePlugin(code, folder);
    bundles.push({ title, code, minified: text.length, gzip: gzipBytes(text) });
    console.log(`${title}: ${bundles.at(-1).gzip} bytes gzip`);
  }
  const taken = {
    command: 'npm run bench -- peers',
    at: new Date().toISOString().slice(0, 10),
    esbuild,
    packages: PACKAGES,
    bundles,
  };
  await writeFile(file, `${JSON.stringify(taken, null, 2)}\n`);
  console.log('written to bench/peers.json');
}
