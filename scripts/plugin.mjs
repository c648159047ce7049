// Builds Flex plugins with the official toolchain, from our packed npm package.

import { copyFile, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from './run.mjs';

/**
 * Packs a build of flex-glance and installs it into the plugin project, as `npm install` would.
 * @param {string} root The project's folder.
 * @param {string} [dist] A folder that holds another build's `index.js` and `index.mjs`.
 */
export async function installPackage(root, dist) {
  const folder = path.join(root, 'target', 'packed');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const packed = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    {
      cwd: root,
    },
  );
  const [{ filename }] = Object.values(JSON.parse(packed));
  await run('tar', ['-xzf', path.join(folder, filename), '-C', folder]);
  if (dist) await cp(dist, path.join(folder, 'package', 'dist'), { recursive: true });

  const modules = path.join(root, 'sandbox', 'plugin', 'node_modules');
  // A plugin project has Flex UI as a development dependency; one copy of it is enough here.
  const flexUi = path.join(root, 'sandbox', 'node_modules', '@twilio', 'flex-ui');
  await run('ln', ['-sfn', flexUi, path.join(modules, '@twilio', 'flex-ui')]);

  const installed = path.join(modules, 'flex-glance');
  await rm(installed, { recursive: true, force: true });
  await cp(path.join(folder, 'package'), installed, { recursive: true });
}

/**
 * Runs the official `flex-plugin build` in the project of `plugin/`, with its source or another one, and puts
 * the one file where the sandbox serves plugins.
 * @param {string} root The project's folder.
 * @param {string} source Folder of the plugin's source.
 * @param {string} name Name of the built plugin, without `.js`.
 * @throws {Error} As `runToolchain`.
 */
export async function buildPlugin(root, source, name) {
  const ours = path.join(root, 'plugin');
  const modules = path.join(root, 'sandbox', 'plugin', 'node_modules');
  const project = path.join(root, 'target', 'plugins', name);
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  for (const file of ['package.json', 'public']) {
    await run('ln', ['-s', path.join(ours, file), path.join(project, file)]);
  }
  await run('ln', ['-s', modules, path.join(project, 'node_modules')]);
  await cp(source, path.join(project, 'src'), { recursive: true });

  const script = await runToolchain(root, project);
  const plugins = path.join(root, 'sandbox', 'dist', 'plugins');
  await mkdir(plugins, { recursive: true });
  await copyFile(script, path.join(plugins, `${name}.js`));
}

/**
 * Runs the official `flex-plugin build` in a project.
 * @param {string} root The project's folder.
 * @param {string} project The plugin project's folder, with the toolchain in its `node_modules`.
 * @returns {Promise<string>} The one script that it makes.
 * @throws {Error} If the build fails or makes more than one script: only one would be deployed.
 */
export async function runToolchain(root, project) {
  // The build reads the Twilio CLI's own folder in the home directory, which may not be there.
  const home = path.join(root, 'target', 'plugin-home');
  await mkdir(path.join(home, '.twilio-cli'), { recursive: true });
  const cli = { dependencies: { '@twilio-labs/plugin-flex': '7.1.2' } };
  await writeFile(path.join(home, '.twilio-cli', 'package.json'), JSON.stringify(cli));
  await run(path.join(project, 'node_modules', '.bin', 'flex-plugin'), ['build'], {
    cwd: project,
    env: { HOME: home, CI: 'true' },
  });

  const built = path.join(project, 'build');
  const scripts = (await readdir(built)).filter((file) => file.endsWith('.js'));
  if (scripts.length !== 1) {
    throw new Error(`${path.basename(project)}: expected one script, got ${scripts}.`);
  }
  return path.join(built, scripts[0]);
}
