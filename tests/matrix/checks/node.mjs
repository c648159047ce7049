// Node.js: every subpath is imported and required, and nothing happens by it; the mock in its tests.

import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import globals from 'globals';

import { run } from '../../../scripts/run.mjs';
import { flexTools, installProject, modules, root, versionOf } from '../package.mjs';

// All that a browser has and the language has not.
const APIS = Object.keys(globals.browser).filter((name) => !(name in globals.builtin));

export async function check(record, { tarball }) {
  const what =
    'Take every subpath, which touches no browser API, leaves no global and starts nothing';
  const version = await versionOf('react-18');
  const dependencies = { react: version, 'react-dom': version };
  const folder = await record.step('Node.js: npm install', () =>
    installProject('node', tarball, { dependencies }),
  );
  for (const file of ['probe.mjs', 'testing.mjs']) {
    await cp(path.join(root, 'tests', 'matrix', 'app', file), path.join(folder, file));
  }
  await record.cell('others', 'Node.js `require` and `import`', what, async () => {
    for (const name of await modules()) {
      const [imported, required] = await Promise.all(
        ['import', 'require'].map((how) => probe(folder, how, name)),
      );
      if (imported.join() !== required.join()) {
        throw new Error(`${name} exports ${imported} as a module and ${required} as CommonJS.`);
      }
    }
  });
  const jsdom = `jsdom ${await versionOf('jsdom', flexTools)}`;
  const played = 'Play a visitor who comes, accepts or declines, and a login key that is refused';
  await record.cell(
    'others',
    `\`flex-glance/testing\` in \`node --test\`, ${jsdom}`,
    played,
    () => {
      const address = createRequire(path.join(flexTools, 'jsdom')).resolve('jsdom');
      const env = { JSDOM: pathToFileURL(address).href };
      return run(process.execPath, ['--test', 'testing.mjs'], { cwd: folder, env });
    },
  );
}

async function probe(folder, how, name) {
  // It ends by itself only if nothing was started.
  const output = await run(process.execPath, ['probe.mjs', how, name, JSON.stringify(APIS)], {
    cwd: folder,
  });
  const { exported, touched, left, isWatched } = JSON.parse(output);
  const told = `${how} of ${name}`;
  if (!isWatched) throw new Error(`${told}: a touch of a browser API would go unnoticed.`);
  if (exported.length === 0) throw new Error(`${told} gives nothing.`);
  if (touched.length > 0) throw new Error(`${told} touches ${touched.join(', ')}.`);
  if (left.length > 0) throw new Error(`${told} leaves ${left.map(String).join(', ')}.`);
  return exported;
}
