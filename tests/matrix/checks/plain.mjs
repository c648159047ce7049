// No bundler: the files as they are, in `<script type="module">`.

import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { installProject, modules, versionOf } from '../package.mjs';
import { hostModule, writePage } from '../pages.mjs';
import { checkSubpaths } from '../subpaths.mjs';
import { ELEMENT, SUBPATHS } from '../table.mjs';

const TITLE = 'no bundler: `<script type="module">`';
// React 19 has no scripts for browsers.
const REACTS = ['17', '18'];

export async function check(record, { tarball, stage }) {
  let withReact;
  for (const major of REACTS) {
    const version = await versionOf(`react-${major}`);
    await record.cell('bundlers', TITLE, `React ${version}`, async () => {
      const dependencies = { react: version, 'react-dom': version };
      withReact = await installProject(`plain-${major}`, tarball, { dependencies });
      const page = await writePage(withReact, 'react.js', major);
      await hostModule(withReact, page, page);
      await serve(withReact, page, ['react', 'react-dom']);
      await stage.click(page, ['inlined', 'external']);
    });
  }
  await record.cell('bundlers', TITLE, SUBPATHS, async () => {
    const page = await writePage(withReact, 'subpaths.js');
    await serve(withReact, page, ['react']);
    await stage.open(page, checkSubpaths);
  });
  await record.cell('bundlers', TITLE, ELEMENT, async () => {
    const project = await installProject('plain', tarball);
    const page = await writePage(project, 'element.js');
    await serve(project, page, []);
    await stage.click(page, ['element']);
  });
}

/** Puts the package's files and React's beside a page. */
async function serve(project, page, reacts) {
  const packages = path.join(project, 'node_modules');
  await cp(path.join(packages, 'flex-glance', 'dist'), page, { recursive: true });
  const imports = {};
  for (const name of await modules()) {
    imports[name] = `./${name.split('/')[1] ?? 'index'}.mjs`;
  }
  for (const name of reacts) {
    const script = path.join(packages, name, 'umd', `${name}.development.js`);
    await cp(script, path.join(page, `${name}.js`));
  }
  // React comes as scripts with a global, as it does in Flex.
  const globals = { react: 'React', 'react-dom': 'ReactDOM', 'react-dom/client': 'ReactDOM' };
  for (const [name, global] of Object.entries(globals)) {
    imports[name] = `./${name.replace('/', '_')}.mjs`;
    if (reacts.includes(name.split('/')[0])) await shim(project, page, name, global);
  }
  const scripts = reacts.map((name) => `<script src="${name}.js"></script>`).join('');
  const html = await readFile(path.join(page, 'index.html'), 'utf8');
  const head = `${scripts}<script type="importmap">${JSON.stringify({ imports })}</script>`;
  await writeFile(path.join(page, 'index.html'), html.replace('<script', `${head}\n<script`));
}

async function shim(project, page, name, global) {
  const load = createRequire(path.join(project, 'package.json'));
  let names;
  try {
    names = Object.keys(load(name));
  } catch (error) {
    // React 17 has no `react-dom/client`.
    if (error.code === 'MODULE_NOT_FOUND') return;
    throw error;
  }
  const text = `export const { ${names.join(', ')} } = ${global};\nexport default ${global};\n`;
  await writeFile(path.join(page, `${name.replace('/', '_')}.mjs`), text);
}
