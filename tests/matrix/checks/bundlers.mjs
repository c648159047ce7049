// Bundlers with each React, without any, and with every subpath; React's StrictMode.

import { bundlers } from '../bundlers.mjs';
import { installProject, versionOf } from '../package.mjs';
import { REACTS, hostModule, outputOf, writePage } from '../pages.mjs';
import { tryStrictMode } from '../strict.mjs';
import { checkSubpaths } from '../subpaths.mjs';
import { ELEMENT, SUBPATHS } from '../table.mjs';

/** The bundler that builds for development, where StrictMode mounts twice. */
const DEVELOPMENT = 'esbuild';

/** @param {import('../record.mjs').Record} record */
export async function check(record, { tarball, stage }) {
  const all = await bundlers();
  const versions = await Promise.all(REACTS.map((major) => versionOf(`react-${major}`)));
  const projects = [];
  for (const version of versions) {
    const dependencies = { react: version, 'react-dom': version };
    const [major] = version.split('.');
    const project = await record.step(`React ${version}: npm install`, () =>
      installProject(`react-${major}`, tarball, { dependencies }),
    );
    projects.push({ project, major });
    const page = await writePage(project, 'react.js', major);
    for (const { name, title, build } of all) {
      await record.cell('bundlers', title, `React ${version}`, async () => {
        const out = await outputOf(page, name);
        await hostModule(project, page, out, name);
        await build(page, out);
        await stage.click(out, ['inlined', 'external']);
      });
    }
  }

  const [{ project: any }] = projects;
  const subpaths = await writePage(any, 'subpaths.js');
  for (const { name, title, build } of all) {
    await record.cell('bundlers', title, SUBPATHS, async () => {
      const out = await outputOf(subpaths, name);
      await build(subpaths, out);
      await stage.open(out, checkSubpaths);
    });
  }

  // Without React among its packages, it is not installed for ours either.
  const bare = await record.step('No React: npm install', () => installProject('element', tarball));
  const element = await writePage(bare, 'element.js');
  for (const { name, title, build } of all) {
    await record.cell('bundlers', title, ELEMENT, async () => {
      const out = await outputOf(element, name);
      await build(element, out);
      await stage.click(out, ['element']);
    });
  }

  await record.cell(
    'others',
    `StrictMode in development, React ${versions.join(', ')}`,
    'Mounts, unmounts and mounts again: there is one component, and each click asks for one login key',
    async () => {
      const { build } = all.find(({ name }) => name === DEVELOPMENT);
      const tries = projects.map(async ({ project, major }) => {
        const page = await writePage(project, 'strict.js', major);
        const out = await outputOf(page, DEVELOPMENT);
        await build(page, out);
        await tryStrictMode(stage, out, major === '17' ? 1 : 2);
      });
      await Promise.all(tries);
    },
  );
}
