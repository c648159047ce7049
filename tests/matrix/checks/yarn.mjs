// Installed by yarn classic, built and clicked.

import { bundlers } from '../bundlers.mjs';
import { installProject, versionOf } from '../package.mjs';
import { outputOf, writePage } from '../pages.mjs';

export async function check(record, { tarball, stage }) {
  const row = `yarn ${await versionOf('yarn')}`;
  const [{ title, build }] = (await bundlers()).filter(({ name }) => name === 'rollup');
  const what = `Installs the package; a page with \`<flex-glance>\`, built by ${title}, works`;
  await record.cell('others', row, what, async () => {
    // Without React, yarn needs nothing but the tarball, and no registry.
    const project = await installProject('yarn', tarball, { yarn: true });
    const page = await writePage(project, 'element.js');
    const out = await outputOf(page, 'rollup');
    await build(page, out);
    await stage.click(out, ['element']);
  });
}
