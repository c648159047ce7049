// The official plugin toolchain, and the plugin in the genuine Flex UI.

import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { runToolchain } from '../../../scripts/plugin.mjs';
import { startSandbox } from '../../journeys/sandbox.mjs';
import { flexTools, modules, pluginProject, root, versionOf } from '../package.mjs';

const PLUGIN = 'matrix';
const PATIENCE_MS = 60_000;

export async function check(record, { tarball, stage }) {
  const [toolchain, webpack, react, flexUi] = await Promise.all([
    versionOf('@twilio/flex-plugin-scripts', flexTools),
    versionOf('webpack', flexTools),
    versionOf('react', flexTools),
    versionOf('@twilio/flex-ui', path.join(root, 'sandbox', 'node_modules')),
  ]);
  const row = `Flex's \`flex-plugin build\` ${toolchain} (webpack ${webpack}), run in Flex UI ${flexUi}`;
  await record.cell('bundlers', row, `React ${react}`, async () => {
    const source = path.join(root, 'tests', 'matrix', 'plugin');
    const project = await pluginProject('plugin-matrix', tarball, source);
    await writeSubpaths(path.join(project, 'src', 'subpaths.js'));
    const script = await runToolchain(root, project);
    const plugins = path.join(root, 'sandbox', 'dist', 'plugins');
    await mkdir(plugins, { recursive: true });
    await copyFile(script, path.join(plugins, `${PLUGIN}.js`));
    await clickInFlex(stage);
  });
}

/** Imports every subpath; `subpaths` are the names that each exports. */
async function writeSubpaths(file) {
  const names = await modules();
  const imports = names.map((name, i) => `import * as all${i} from '${name}';`);
  const entries = names.map((name, i) => `'${name}': Object.keys(all${i})`);
  await writeFile(
    file,
    `${imports.join('\n')}\nexport const subpaths = { ${entries.join(', ')} };\n`,
  );
}

async function clickInFlex(stage) {
  const sandbox = await startSandbox();
  const context = await stage.browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    await sandbox.control.scenario({ plugin: PLUGIN, settings: {} });
    await sandbox.control.task('Alice', { glance_visitor_id: 'alice-1' });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const viewer = context.waitForEvent('request', (request) =>
      request.url().includes('/AgentView.aspx'),
    );
    viewer.catch(() => {});
    await page.goto(`${sandbox.origins.desktop}/`);
    const subpaths = await page.waitForFunction('window.matrixSubpaths');
    for (const [name, exported] of Object.entries(await subpaths.jsonValue())) {
      if (exported.length === 0) throw new Error(`${name} exports nothing.`);
    }
    const header = page
      .locator('.Twilio-TaskCanvasHeader')
      .getByRole('button', { name: 'Cobrowse' });
    // Flex may lose a click on a task while it is still starting.
    for (let tries = 0; tries < 10 && !(await header.first().isVisible()); tries += 1) {
      await page.getByText('Alice', { exact: true }).first().click();
      await header
        .first()
        .waitFor({ timeout: 5_000 })
        .catch(() => {});
    }
    await header.first().click();
    const key = new URL((await viewer).url()).searchParams.get('SessionKey');
    if (key !== 'alice-1') throw new Error(`The viewer was asked for the key ${key}.`);
    if (errors.length > 0) throw new Error(`The page reports:\n${errors.join('\n')}`);
  } finally {
    await context.close();
    await sandbox.stop();
  }
}
