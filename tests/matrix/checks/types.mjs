// TypeScript in strict mode, with each way in which it finds a package's types.

import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../../../scripts/run.mjs';
import { installProject, modules, root, tools, versionOf } from '../package.mjs';

const RESOLUTIONS = [
  ['node10', 'commonjs'],
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['bundler', 'es2020'],
];

export async function check(record, { tarball }) {
  const row = `TypeScript ${await versionOf('typescript')}, \`strict\``;
  const names = RESOLUTIONS.map(([name]) => `\`${name}\``).join(', ');
  await record.cell(
    'others',
    row,
    `Finds the types of every subpath with \`moduleResolution\` ${names}`,
    async () => {
      const folder = await installProject('types', tarball);
      const types = path.join(folder, 'node_modules', '@types');
      await mkdir(types, { recursive: true });
      await symlink(path.join(tools, '@types', 'react'), path.join(types, 'react'));
      const all = (await modules()).map((name, i) => `import * as all${i} from '${name}';`);
      const uses = all.map((_, i) => `all${i}`);
      await writeFile(
        path.join(folder, 'all.ts'),
        `${all.join('\n')}\nexport { ${uses.join(', ')} };\n`,
      );
      const source = path.join(root, 'tests', 'matrix', 'app', 'types.ts');
      // The ending decides whether the new resolutions take `import` or `require`.
      for (const name of ['types.ts', 'module.mts']) await cp(source, path.join(folder, name));
      await Promise.all(RESOLUTIONS.map((resolution) => typecheck(folder, resolution)));
    },
  );
}

async function typecheck(folder, [moduleResolution, module]) {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    // TypeScript's own; ours and React's are checked.
    skipDefaultLibCheck: true,
    types: [],
    target: 'es2020',
    lib: ['es2020', 'dom'],
    module,
    moduleResolution,
  };
  const files = ['all.ts', 'types.ts', 'module.mts'];
  const config = path.join(folder, `tsconfig.${moduleResolution}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions, files }));
  const tsc = path.join(tools, 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', config], { cwd: folder });
}
