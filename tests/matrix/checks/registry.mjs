// What the registries and the checkers of packages say.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../../../scripts/run.mjs';
import { root, tools, versionOf } from '../package.mjs';

// Files for other uses than `import`: a classic script, a Function to deploy, WebAssembly, a Flex plugin.
const NO_MODULES = [
  'visitor.min.js',
  'functions/getloginkey.js',
  'dist/flex_glance.wasm',
  'dist/plugin.js',
];

export async function check(record, { tarball }) {
  const tool = (name) => path.join(tools, '.bin', name);
  const publint = `publint ${await versionOf('publint')}`;
  await record.cell('others', publint, 'Has no findings', async () => {
    // It counts suggestions as a success; they are findings too.
    const said = await run(tool('publint'), ['run', tarball, '--strict'], { cwd: root });
    if (!said.includes('All good!')) throw new Error(said);
  });
  const attw = `are-the-types-wrong ${await versionOf('@arethetypeswrong/cli')}`;
  await record.cell('others', attw, 'Has no findings', async () => {
    const args = [tarball, '--no-color', '--no-emoji', '--exclude-entrypoints', ...NO_MODULES];
    await run(tool('attw'), args, { cwd: root });
  });
  await record.step('All packages have the same version', sameVersion);
  await record.cell(
    'others',
    '`npm publish` and `cargo publish`',
    'Pass as a dry run',
    async () => {
      await run('npm', ['publish', tarball, '--dry-run', '--ignore-scripts'], { cwd: root });
      const dirty = await run('git', ['status', '--porcelain'], { cwd: root });
      const args = ['publish', '--dry-run', '--locked', '-p', 'flex-glance'];
      // What is not committed would be refused. What is released always is.
      if (dirty) args.push('--allow-dirty');
      await run('cargo', args, { cwd: root });
    },
  );
}

/** npm's packages and the crate are released as one. */
async function sameVersion() {
  const versionIn = async (...folders) =>
    JSON.parse(await readFile(path.join(root, ...folders, 'package.json'), 'utf8')).version;
  const version = await versionIn();
  const command = await versionIn('cli');
  if (command !== version) {
    throw new Error(`package.json says ${version} and cli/package.json ${command}.`);
  }
  const args = ['metadata', '--no-deps', '--locked', '--format-version', '1'];
  const { packages } = JSON.parse(await run('cargo', args, { cwd: root }));
  const crate = packages.find(({ name }) => name === 'flex-glance');
  if (crate.version !== version) {
    throw new Error(
      `package.json says ${version} and Cargo.toml ${crate.version}: see RELEASING.md.`,
    );
  }
}
