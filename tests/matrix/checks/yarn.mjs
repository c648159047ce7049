// Installed by yarn classic.

import { createRequire } from 'node:module';
import path from 'node:path';

import { installProject, modules, versionOf } from '../package.mjs';

export async function check(record, { tarball }) {
  const row = `yarn ${await versionOf('yarn')} and npm`;
  await record.cell('others', row, 'Install the package as it is packed', async () => {
    const folder = await installProject('yarn', tarball, { yarn: true });
    const load = createRequire(path.join(folder, 'package.json'));
    for (const name of await modules()) {
      // React is not among the packages of this project.
      const found = load.resolve(name);
      if (!found.startsWith(path.join(folder, 'node_modules')))
        throw new Error(`${name}: ${found}`);
    }
    const { defineFlexGlance } = load('flex-glance/element');
    if (typeof defineFlexGlance !== 'function') throw new Error('The element is not there.');
  });
}
