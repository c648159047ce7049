// No bundler: the files as they are, in `<script type="module">`.

import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { installProject, root, versionOf } from '../package.mjs';
import { outputOf } from './bundlers.mjs';

const APP = path.join(root, 'tests', 'matrix', 'app');
const TITLE = 'no bundler: `<script type="module">`';
// React 19 has no scripts for browsers.
const REACTS = ['17', '18'];

export async function check(record, { tarball, stage }) {
  for (const major of REACTS) {
    const version = await versionOf(`react-${major}`);
    await record.cell('bundlers', TITLE, `React ${version}`, async () => {
      const dependencies = { react: version, 'react-dom': version };
      const folder = await installProject(`plain-${major}`, tarball, { dependencies });
      const out = await page(folder, 'react.js');
      const modules = path.join(folder, 'node_modules');
      for (const name of ['react', 'react-dom']) {
        await cp(
          path.join(modules, name, 'umd', `${name}.development.js`),
          path.join(out, `${name}.js`),
        );
      }
      // React comes as scripts with a global, as it does in Flex.
      await shim(folder, out, 'react', 'React');
      const dom = major === '17' ? 'react-dom' : 'react-dom/client';
      await shim(folder, out, dom, 'ReactDOM');
      const render = major === '17' ? 'render-legacy.js' : 'render-root.js';
      await cp(path.join(APP, render), path.join(out, 'render.js'));
      await stage.click(out, ['inlined', 'external']);
    });
  }
  await record.cell('bundlers', TITLE, '`<flex-glance>`, no React', async () => {
    const folder = await installProject('plain', tarball);
    await stage.click(await page(folder, 'element.js'), ['element']);
  });
}

async function page(folder, main) {
  const out = await outputOf(folder, 'plain');
  await cp(path.join(folder, 'node_modules', 'flex-glance', 'dist'), out, { recursive: true });
  for (const [to, from] of [
    ['main.js', main],
    ['props.js', 'props.js'],
  ]) {
    await cp(path.join(APP, from), path.join(out, to));
  }
  const imports = {
    react: './react.mjs',
    'react-dom': './react-dom.mjs',
    'react-dom/client': './react-dom_client.mjs',
    'flex-glance': './index.mjs',
    'flex-glance/external': './external.mjs',
    'flex-glance/element': './element.mjs',
  };
  const scripts =
    main === 'react.js'
      ? '<script src="react.js"></script><script src="react-dom.js"></script>'
      : '';
  const html = await readFile(path.join(APP, 'index.html'), 'utf8');
  const head = `${scripts}<script type="importmap">${JSON.stringify({ imports })}</script>`;
  await writeFile(path.join(out, 'index.html'), html.replace('<script', `${head}\n<script`));
  return out;
}

async function shim(folder, out, name, global) {
  const names = Object.keys(createRequire(path.join(folder, 'package.json'))(name));
  const text = `export const { ${names.join(', ')} } = ${global};\nexport default ${global};\n`;
  await writeFile(path.join(out, `${name.replace('/', '_')}.mjs`), text);
}
