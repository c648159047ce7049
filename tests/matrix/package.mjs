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
/** Flex UI, and what it brings. */
export const sandboxTools = path.join(root, 'sandbox', 'node_modules');

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
 * What `create-flex-plugin` makes: the official template, with the toolchain's packages and ours. They
 * are too large to be installed again, so they are linked, and ours is unpacked beside them.
 * @param {string} name `plugin-…`
 * @param {string} tarball
 * @param {{typescript?: boolean}} [options]
 * @returns {Promise<string>} Its folder.
 */
export async function pluginProject(name, tarball, { typescript = false } = {}) {
  const folder = path.join(projects, name);
  await scaffold(name, folder, typescript);
  await linkTools(folder, tarball, typescript);
  return folder;
}

/**
 * What `npx flex-glance-cli init` writes, with the same packages.
 * @param {string} name `plugin-…`
 * @param {string} tarball
 * @param {{authurl: string, typescript?: boolean}} options
 * @returns {Promise<string>} Its folder.
 */
export async function initProject(name, tarball, { authurl, typescript = false }) {
  const program = path.join(root, 'cli', 'dist', 'flex-glance.mjs');
  const args = ['init', name, '--group-id', '20541', '--auth-url', authurl, '--package', tarball];
  if (typescript) args.push('--typescript');
  await run(process.execPath, [program, ...args], { cwd: projects });
  const folder = path.join(projects, name);
  await linkTools(folder, tarball, typescript);
  return folder;
}

/**
 * A plugin of Twilio's Flex project template, or what stands in for it here, with our feature in it.
 * @param {string} name `plugin-…`
 * @param {string} tarball
 * @returns {Promise<string>} Its folder.
 */
export async function featureProject(name, tarball) {
  const folder = await pluginProject(name, tarball, { typescript: true });
  await cp(path.join(root, 'tests', 'matrix', 'template'), folder, { recursive: true });
  const container = 'TabbedCrmContainer.js';
  await cp(path.join(root, 'tests', 'plugin', container), path.join(folder, 'src', container));
  const config = path.join(folder, 'webpack.config.js');
  const loader = path.join(tools, 'import-glob');
  await writeFile(config, (await readFile(config, 'utf8')).replace('IMPORT_GLOB', loader));
  await mkdir(path.join(folder, 'src', 'feature-library'));
  const program = path.join(root, 'cli', 'dist', 'flex-glance.mjs');
  await run(process.execPath, [program, 'template-feature', folder], { cwd: projects });
  return folder;
}

/** Links the toolchain's packages into a project, and unpacks ours beside them. */
async function linkTools(folder, tarball, typescript) {
  const modules = path.join(folder, 'node_modules');
  await linkAll(flexTools, modules, ['flex-glance', '@types']);
  // What the template's own component is made of, and the types that come with it: Flex UI brings both.
  await linkAll(path.join(sandboxTools, '@twilio-paste'), path.join(modules, '@twilio-paste'));
  for (const from of [sandboxTools, flexTools]) {
    await linkAll(path.join(from, '@types'), path.join(modules, '@types'));
  }
  // The template asks for TypeScript 4.
  if (typescript) await symlink(path.join(tools, 'typescript-4'), path.join(modules, 'typescript'));
  const to = path.join(modules, 'flex-glance');
  await mkdir(to, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', to]);
}

// `create-flex-plugin` itself asks the registry for the newest Flex UI, and reports to Twilio.
const SCAFFOLD = `
  const { _scaffold } = require('@twilio/create-flex-plugin/dist/lib/create-flex-plugin');
  _scaffold(JSON.parse(process.argv[1]));`;

async function scaffold(name, targetDirectory, typescript) {
  const [pluginScriptsVersion, flexSdkVersion] = await Promise.all([
    versionOf('@twilio/flex-plugin-scripts', flexTools),
    versionOf('@twilio/flex-ui', sandboxTools),
  ]);
  const plugin = { name, targetDirectory, pluginClassName: 'MatrixPlugin', typescript };
  const options = { ...plugin, pluginScriptsVersion, flexSdkVersion, flexui2: true };
  await run(process.execPath, ['-e', SCAFFOLD, JSON.stringify(options)], {
    cwd: path.dirname(flexTools),
    env: { CI: 'true' },
  });
}

/** Links everything of one folder into another, but what is there already. */
async function linkAll(from, to, but = []) {
  await mkdir(to, { recursive: true });
  const there = new Set([...but, ...(await readdir(to))]);
  for (const entry of await readdir(from)) {
    if (!there.has(entry)) await symlink(path.join(from, entry), path.join(to, entry));
  }
}

async function emptyProject(name, manifest) {
  const folder = path.join(projects, name);
  await mkdir(folder, { recursive: true });
  const content = { name, version: '1.0.0', private: true, ...manifest };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(content, null, 2));
  return folder;
}
