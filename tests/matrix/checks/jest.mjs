// The plugin toolchain's Jest preset: the package without a polyfill, and the examples of
// docs/testing.md with `flex-glance/testing`.

import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../../../scripts/run.mjs';
import { flexTools, modules, pluginProject, root, versionOf } from '../package.mjs';

const QUICK_START = /`src\/GlancePlugin\.js`:\n\n```js\n([\s\S]*?)```/;
const EXAMPLE = /```js\n([\s\S]*?)```/g;

export async function check(record, { tarball }) {
  const version = await versionOf('jest', flexTools);
  const row = `Jest ${version}, jsdom, the Flex plugin toolchain's preset`;
  await record.cell(
    'others',
    row,
    'Every subpath is imported without a polyfill; the examples of [testing.md](testing.md) run',
    async () => {
      const project = await pluginProject('plugin-tests', tarball);
      // The tests of the template's own component need a renderer that nothing else here does.
      await rm(path.join(project, 'src', 'components', '__tests__'), { recursive: true });
      const tests = path.join(project, 'src', '__tests__');
      await mkdir(tests);
      const readme = await readFile(path.join(root, 'README.md'), 'utf8');
      const [, plugin] = QUICK_START.exec(readme);
      await writeFile(path.join(project, 'src', 'GlancePlugin.js'), plugin);
      const guide = await readFile(path.join(root, 'docs', 'testing.md'), 'utf8');
      const examples = Array.from(guide.matchAll(EXAMPLE), ([, code]) => code);
      await writeFile(path.join(tests, 'GlancePlugin.test.js'), examples.join('\n'));
      const imports = (await modules()).map(
        (name) => `
      test('${name} is imported and required', () => {
        expect(Object.keys(require('${name}'))).not.toEqual([]);
        return import('${name}').then((all) => expect(Object.keys(all)).not.toEqual([]));
      });`,
      );
      await writeFile(path.join(tests, 'imports.test.js'), imports.join('\n'));
      const ours = path.join(root, 'tests', 'matrix', 'jest');
      await cp(ours, tests, { recursive: true });
      // Jest takes every file of that folder for a test.
      await rename(path.join(tests, 'page.js'), path.join(project, 'src', 'page.js'));
      await runJest(project);
    },
  );
}

// What `flex-plugin test` runs, which itself wants the Twilio CLI around it.
const RUN = `
  require('@twilio/flex-plugin-scripts/dist/scripts/test').default('--ci');`;

async function runJest(project) {
  const script = path.join(project, 'run-jest.js');
  await writeFile(script, RUN);
  await run(process.execPath, [script], { cwd: project, env: { CI: 'true' } });
}
