// The official plugin template and toolchain, and the plugin in the genuine Flex UI.

import { copyFile, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { runToolchain } from '../../../scripts/plugin.mjs';
import { run } from '../../../scripts/run.mjs';
import { startSandbox } from '../../journeys/sandbox.mjs';
import {
  featureProject,
  flexTools,
  initProject,
  pluginProject,
  root,
  sandboxTools,
  versionOf,
} from '../package.mjs';
import { checkSubpaths } from '../subpaths.mjs';
import { SUBPATHS } from '../table.mjs';

const MATRIX = path.join(root, 'tests', 'matrix');
const PATIENCE_MS = 60_000;

export async function check(record, { tarball, stage }) {
  const [template, toolchain, webpack, react, flexUi, typescript] = await Promise.all([
    versionOf('@twilio/create-flex-plugin', flexTools),
    versionOf('@twilio/flex-plugin-scripts', flexTools),
    versionOf('webpack', flexTools),
    versionOf('react', flexTools),
    versionOf('@twilio/flex-ui', sandboxTools),
    versionOf('typescript-4'),
  ]);
  const row = `Flex's \`flex-plugin build\` ${toolchain} (webpack ${webpack}), run in Flex UI ${flexUi}`;
  const sandbox = await startSandbox();
  const authurl = `${sandbox.origins.function}/getloginkey`;
  const builds = [
    build('matrix', tarball),
    build('matrix-typescript', tarball, { typescript: true }),
    buildOurs('init', tarball, { authurl }),
    buildOurs('init-typescript', tarball, { authurl, typescript: true }),
    featureProject('plugin-feature', tarball).then((project) => place('feature', project)),
  ];
  // What fails is told where it is waited for.
  builds.forEach((one) => one.catch(() => {}));
  try {
    await record.cell('bundlers', row, [`React ${react}`, SUBPATHS], async () => {
      await clickInFlex(stage, sandbox, await builds[0], async (page) => {
        await showsTemplate(page);
        await checkSubpaths(page);
      });
    });
    await record.cell(
      'others',
      `\`create-flex-plugin\` ${template}, in JavaScript and in TypeScript ${typescript}`,
      'Its plugin, with one call added, builds to one script, and a click in Flex opens the viewer',
      async () => {
        await clickInFlex(stage, sandbox, await builds[1], showsTemplate);
      },
    );
    await record.cell(
      'others',
      `\`npx flex-glance-cli init\`, in JavaScript and in TypeScript ${typescript}`,
      'Its test passes, its plugin builds to one script, and a click in Flex opens the viewer',
      async () => {
        for (const plugin of builds.slice(2, 4)) await clickInFlex(stage, sandbox, await plugin);
      },
    );
    await record.cell(
      'others',
      '`npx flex-glance-cli template-feature`, in a stand-in for Twilio’s Flex project template',
      'The feature builds to one script with the template’s loader; switched on, a click opens the viewer in a tab of its own, and switched off there is no button',
      async () => {
        const plugin = await builds[4];
        await clickInFlex(stage, sandbox, plugin, showsTab, { enabled: true });
        await isOff(stage, sandbox, plugin);
      },
    );
  } finally {
    await sandbox.stop();
  }
}

/** Builds the template's plugin with ours in it; answers the name under which Flex can load it. */
async function build(name, tarball, options = {}) {
  const project = await pluginProject(`plugin-${name}`, tarball, options);
  const src = path.join(project, 'src');
  await cp(path.join(MATRIX, 'app', 'subpaths.js'), path.join(src, 'subpaths.js'));
  await cp(path.join(MATRIX, 'plugin'), src, {
    recursive: true,
    filter: (file) => !path.extname(file) || file.endsWith(options.typescript ? '.ts' : '.js'),
  });
  const [plugin] = (await readdir(src)).filter((file) => file.startsWith('MatrixPlugin.'));
  await callGlance(path.join(src, plugin));
  return place(name, project);
}

/** Tests and builds the plugin that our command writes. */
async function buildOurs(name, tarball, options) {
  const project = await initProject(`plugin-${name}`, tarball, options);
  await run('npm', ['test'], { cwd: project, env: { CI: 'true' } });
  return place(name, project);
}

/** Builds a project's plugin, and puts it where Flex can load it. */
async function place(name, project) {
  const script = await runToolchain(root, project);
  const plugins = path.join(root, 'sandbox', 'dist', 'plugins');
  await mkdir(plugins, { recursive: true });
  await copyFile(script, path.join(plugins, `${name}.js`));
  return name;
}

function showsTemplate(page) {
  return page.getByText('This is a dismissible demo component.').waitFor();
}

/** Adds the call to the plugin that the template made. */
async function callGlance(file) {
  const text = await readFile(file, 'utf8');
  const init = /(async init\(flex\b.*\{\n)/;
  if (!init.test(text)) throw new Error(`The template's ${path.basename(file)} has no init.`);
  const called = text.replace(init, '$1    addGlance(flex, manager);\n');
  await writeFile(file, `import { addGlance } from './glance';\n${called}`);
}

function showsTab(page) {
  return page.getByRole('tab', { name: 'Glance Cobrowse', selected: true }).waitFor();
}

async function isOff(stage, sandbox, plugin) {
  await inFlex(stage, sandbox, plugin, { enabled: false }, async (page) => {
    await selectAlice(page, page.getByRole('tab', { name: 'Web Page' }));
    const ours = await page.getByText('Cobrowse').count();
    if (ours > 0) throw new Error('The feature is off, and shows something.');
  });
}

async function clickInFlex(stage, sandbox, plugin, look = async () => {}, features = {}) {
  await inFlex(stage, sandbox, plugin, features, async (page) => {
    const header = page
      .locator('.Twilio-TaskCanvasHeader')
      .getByRole('button', { name: 'Cobrowse', exact: true });
    await selectAlice(page, header);
    await header.click();
    // A plugin that names no hosts opens Glance's own, where the desktop's policy lets no frame go.
    const viewer = page.locator('iframe[src*="/AgentView.aspx"]');
    const key = new URL(await viewer.getAttribute('src')).searchParams.get('SessionKey');
    if (key !== 'alice-1') throw new Error(`The viewer was asked for the key ${key}.`);
    await look(page);
  });
}

/** Selects Alice's task until something that comes with it is there: Flex may lose a click while it starts. */
async function selectAlice(page, sign) {
  for (let tries = 0; tries < 10 && !(await sign.isVisible()); tries += 1) {
    await page.getByText('Alice', { exact: true }).first().click();
    await sign.waitFor({ timeout: 5_000 }).catch(() => {});
  }
}

async function inFlex(stage, { control, origins }, plugin, features, work) {
  const context = await stage.browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    await control.reset();
    await control.scenario({ plugin, settings: {}, features });
    await control.task('Alice', { glance_visitor_id: 'alice-1' });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${origins.desktop}/`);
    await work(page);
    if (errors.length > 0) throw new Error(`The page reports:\n${errors.join('\n')}`);
  } finally {
    await context.close();
  }
}
