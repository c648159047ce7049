// `flex-glance init`: a Flex plugin project with flex-glance in it, in the shape of Twilio's own template.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import manifest from '../package.json' with { type: 'json' };
import * as answers from './answers.mjs';
import { shellWord } from './shell-word.mjs';
import { UsageError } from './usage-error.mjs';

/** Beside `src/` and `dist/` alike. */
const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url));

/** What the Flex toolchain asks of a plugin's name, and npm of a package's. */
const NAME = /^plugin-[a-z\d][a-z\d.-]*$/;

const EXAMPLE_GROUP = '12345';
const EXAMPLE_ADDRESS = 'https://your-domain.twil.io/getloginkey';

/** What `twilio flex:plugins:test` runs; `flex-plugin test` itself wants the Twilio CLI around it. */
const TEST = "require('@twilio/flex-plugin-scripts/dist/scripts/test').default('--ci')";

export const summary = 'writes a Flex plugin project with the Cobrowse button in it';

export const operands = ['folder'];

export const help = `Usage: npx flex-glance-cli init plugin-NAME [options]

Writes the folder plugin-NAME with a Flex plugin in the shape of Twilio's own template: the plugin in one file, a
test of it that needs no network, and what the Flex toolchain expects. It installs nothing.

  --group-id ID         your Glance group (${EXAMPLE_GROUP} if left out, to be changed in the plugin)
  --auth-url URL        the address of your login-key Function (likewise)
  --environment NAME    Glance's servers: production (the default), staging or beta
  --typescript          TypeScript in place of JavaScript
  --package SPEC        where npm finds flex-glance: a version, or the file that npm pack made
                        (default ${manifest.version}, which is not on npm yet)
  --help                this text`;

export const options = {
  ...answers.options,
  'group-id': { type: 'string', default: EXAMPLE_GROUP },
  'auth-url': { type: 'string', default: EXAMPLE_ADDRESS },
  typescript: { type: 'boolean', default: false },
  package: { type: 'string' },
};

/**
 * @param {Record<string, string | boolean | undefined>} values
 * @param {string[]} operands The folder.
 * @throws {UsageError} For a folder that is there already, and for what is missing or wrong.
 * @throws {Error} If the folder cannot be written.
 */
export function run(values, [folder]) {
  const project = read(values, folder);
  const files = filesOf(project);
  try {
    for (const [name, text] of files) write(path.join(folder, name), text);
  } catch (error) {
    throw new Error(
      `${folder} cannot be written (${error.code}). Go to a folder that is yours, and run it again.`,
      { cause: error },
    );
  }
  console.log(`Wrote ${folder}: ${files.length} files.\n\n${nextSteps(project, folder)}`);
}

/** What the options say, checked. */
function read(values, folder) {
  if (!folder) throw new UsageError('Name the folder to write, such as plugin-glance.');
  const name = path.basename(path.resolve(folder));
  if (!NAME.test(name)) {
    throw new UsageError(
      `"${name}" is no name for a Flex plugin: it begins with plugin-, and has only a to z, digits, dots and hyphens, such as plugin-glance.`,
    );
  }
  if (existsSync(folder) && !isEmpty(folder)) {
    throw new UsageError(`${folder} is there and not empty. Name a new folder.`);
  }
  const { groupId, authUrl, environment } = answers.readAnswers(values);
  const isTypescript = values.typescript;
  const extension = isTypescript ? 'ts' : 'js';
  const pluginClass = classOf(name);
  return {
    name,
    isTypescript,
    file: `${pluginClass}.${extension}`,
    pluginClass,
    isExample: groupId === Number(EXAMPLE_GROUP) || authUrl === EXAMPLE_ADDRESS,
    spec: specOf(values.package, folder),
    /** What stands in the template, and what it stands for. */
    words: {
      TemplatePlugin: pluginClass,
      "'GROUP_ID'": String(groupId),
      AUTH_URL: authUrl,
      ENVIRONMENT: environment,
      PROJECT_NAME: name,
      EXTENSION: extension,
    },
  };
}

function isEmpty(folder) {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    // It is a file, or somebody else's.
    return false;
  }
}

/** `plugin-glance` is `GlancePlugin`. */
function classOf(name) {
  const words = name.split(/[.-]+/).slice(1).filter(Boolean);
  const camel = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  return `${/^\d/.test(camel) ? '_' : ''}${camel}Plugin`;
}

/** A file is named from the project's folder. */
function specOf(given, folder) {
  if (given === undefined) return manifest.version;
  if (!/\.tgz$/.test(given)) return given;
  if (!existsSync(given)) throw new UsageError(`--package: there is no file ${given}.`);
  const file = path.relative(path.resolve(folder), path.resolve(given));
  return `file:${file.split(path.sep).join('/')}`;
}

/** `[name, text]` of every file. */
function filesOf(project) {
  const kinds = ['common', project.isTypescript ? 'typescript' : 'javascript'];
  const files = kinds.flatMap((kind) => {
    const root = path.join(TEMPLATE, kind);
    return list(root).map((name) => [nameOf(name, project), fill(path.join(root, name), project)]);
  });
  const text = `${JSON.stringify(packageOf(project), null, 2)}\n`;
  return [['package.json', text], ...files];
}

function list(folder, under = '') {
  return readdirSync(path.join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(under, entry.name);
    return entry.isDirectory() ? list(folder, name) : [name];
  });
}

/** npm takes no `.gitignore` into a package. */
function nameOf(name, project) {
  return name === 'gitignore'
    ? '.gitignore'
    : name.replace(/\bPlugin\./, `${project.pluginClass}.`);
}

function fill(file, project) {
  // At one go: what is filled in may have one of the words in it.
  const words = new RegExp(Object.keys(project.words).join('|'), 'g');
  return readFileSync(file, 'utf8').replace(words, (word) => project.words[word]);
}

function packageOf({ name, isTypescript, spec }) {
  return {
    name,
    version: '0.1.0',
    private: true,
    scripts: { postinstall: 'flex-plugin pre-script-check', test: `node -e "${TEST}"` },
    dependencies: {
      '@twilio/flex-plugin-scripts': '7.1.2',
      'flex-glance': spec,
      react: '17.0.2',
      'react-dom': '17.0.2',
    },
    devDependencies: {
      '@twilio/flex-ui': '2.17.1',
      // npm would put another one on top, which the toolchain does not work with.
      webpack: '4.47.0',
      ...(isTypescript ? { typescript: '^4' } : {}),
    },
  };
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function nextSteps(project, folder) {
  const file = path.join(folder, 'src', project.file);
  const cd = `cd ${shellWord(folder)}`;
  const steps = [
    project.isExample && `put your Glance group and the address of your Function into ${file}`,
    project.spec === manifest.version
      ? `${cd} && npm install FILE, the one that npm pack made of flex-glance: it is not on npm yet`
      : `${cd} && npm install`,
    'npm test',
    'twilio flex:plugins:start, with the Twilio CLI and its plugin for Flex',
  ].filter(Boolean);
  return `Next:\n${steps.map((step, i) => `  ${i + 1}. ${step}`).join('\n')}`;
}
