// The package as npm would publish it, and projects that have it installed.

import { cp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../../scripts/run.mjs';
import { MATRIX_CACHE, root } from '../../scripts/setup.mjs';

export { root };
/** The toolchains. */
export const tools = path.join(root, 'tests', 'matrix', 'node_modules');
/** The Flex plugin toolchain. */
export const flexTools = path.join(root, 'sandbox', 'plugin', 'node_modules');

const work = path.join(root, 'target', 'matrix');
const projects = path.join(work, 'projects');

/** The version of an installed package. */
export async function versionOf(name, modules = tools) {
  return JSON.parse(await readFile(path.join(modules, name, 'package.json'), 'utf8')).version;
}

/** Packs the package anew; answers the tarball. */
export async function pack() {
  await rm(projects, { recursive: true, force: true });
  await mkdir(projects, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', projects];
  const [{ filename }] = Object.values(JSON.parse(await run('npm', args, { cwd: root })));
  return path.join(projects, filename);
}

/** The subpaths that are modules, as `exports` lists them: `flex-glance`, `flex-glance/visitor`, … */
export async function modules() {
  const { exports } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return Object.keys(exports)
    .filter((subpath) => exports[subpath].import)
    .map((subpath) => subpath.replace('.', 'flex-glance'));
}

/**
 * A project with the package and these others, installed by npm or by yarn classic.
 * @param {string} name
 * @param {string} tarball
 * @param {{dependencies?: object, yarn?: boolean}} [options]
 * @returns {Promise<string>} Its folder.
 */
export async function installProject(name, tarball, { dependencies = {}, yarn = false } = {}) {
  const folder = await emptyProject(name, {
    dependencies: { ...dependencies, 'flex-glance': `file:../${path.basename(tarball)}` },
  });
  if (yarn) {
    const program = path.join(tools, 'yarn', 'bin', 'yarn.js');
    const args = [program, 'install', '--offline', '--non-interactive', '--no-lockfile'];
    args.push('--cache-folder', path.join(work, 'yarn'));
    await run(process.execPath, args, { cwd: folder });
  } else {
    const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', [...args, '--cache', MATRIX_CACHE], { cwd: folder });
  }
  return folder;
}

/**
 * A project of the Flex plugin toolchain, which is too large to be installed again: its packages are
 * linked, and ours is unpacked beside them.
 * @param {string} name
 * @param {string} tarball
 * @param {string} source What becomes its `src`.
 */
export async function pluginProject(name, tarball, source) {
  const manifest = path.join(root, 'sandbox', 'plugin', 'package.json');
  const folder = await emptyProject(name, JSON.parse(await readFile(manifest, 'utf8')));
  const modules = path.join(folder, 'node_modules');
  await mkdir(path.join(modules, 'flex-glance'), { recursive: true });
  for (const entry of await readdir(flexTools)) {
    if (entry !== 'flex-glance')
      await symlink(path.join(flexTools, entry), path.join(modules, entry));
  }
  const to = path.join(modules, 'flex-glance');
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', to]);
  await cp(path.join(root, 'sandbox', 'plugin', 'public'), path.join(folder, 'public'), {
    recursive: true,
  });
  await cp(source, path.join(folder, 'src'), { recursive: true });
  return folder;
}

async function emptyProject(name, manifest) {
  const folder = path.join(projects, name);
  await mkdir(folder, { recursive: true });
  const content = { name, version: '1.0.0', private: true, ...manifest };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(content, null, 2));
  return folder;
}
