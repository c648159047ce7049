// `flex-glance template-feature`: a feature folder for Twilio's Flex project template
// (twilio-professional-services/flex-project-template), whose loader finds any folder of its feature library.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as answers from './answers.mjs';
import { readFunction } from './deployed.mjs';
import { inexactIn } from './exact-numbers.mjs';
import { shellWord } from './shell-word.mjs';
import { UsageError } from './usage-error.mjs';

/** Beside `src/` and `dist/` alike. */
const FEATURE = fileURLToPath(new URL('../template/feature', import.meta.url));
const NAME = 'glance-cobrowse';
const SETTING = 'glance_cobrowse';
const LIBRARY = path.join('src', 'feature-library');
const SETTINGS_FILE = path.join('flex-config', 'ui_attributes.common.json');
const FUNCTIONS = path.join('serverless-functions', 'src', 'functions');
/** Where the address in `EXAMPLE` finds it. */
const FUNCTION = path.join('features', NAME, 'flex', 'getloginkey.js');

/** The template's own placeholder stands for the domain of its Functions. */
const EXAMPLE = {
  groupId: 12345,
  authUrl: 'https://<YOUR_SERVERLESS_DOMAIN>/features/glance-cobrowse/flex/getloginkey',
};

export const summary = "writes a feature folder for Twilio's Flex project template";

export const operands = ['path'];

export const help = `Usage: npx flex-glance-cli template-feature PATH [options]

Writes the feature ${NAME} into a copy of Twilio's Flex project template: the plugin's part, the login-key
Function, and its settings, switched off, into ${SETTINGS_FILE}. PATH is the template's folder, or
its plugin's. It installs nothing, and changes nothing that is there already.

  --group-id ID         your Glance group (${EXAMPLE.groupId} if left out, to be changed in the settings)
  --auth-url URL        the address of your login-key Function (the template's own domain if left out)
  --environment NAME    Glance's servers: production (the default), staging or beta
  --help                this text`;

export const options = answers.options;

/**
 * @param {Record<string, string | boolean | undefined>} values
 * @param {string[]} operands The template's folder.
 * @throws {UsageError} For a folder that is no such template or has the feature, and for what is wrong.
 * @throws {Error} If something cannot be written.
 */
export function run(values, [folder]) {
  const settings = settingsOf(values);
  const plugin = pluginIn(folder);
  const feature = path.join(plugin, LIBRARY, NAME);
  if (existsSync(feature)) {
    throw new UsageError(`${feature} is there already. Remove it to have it written anew.`);
  }
  const inTemplate = (name) =>
    [folder, path.dirname(path.resolve(plugin))]
      .map((root) => path.join(root, name))
      .find((candidate) => existsSync(candidate));
  const file = inTemplate(SETTINGS_FILE);
  const functions = inTemplate(FUNCTIONS);
  const getloginkey = functions && path.join(functions, FUNCTION);
  const code = getloginkey && !existsSync(getloginkey) && readFunction();
  const merged = file && merge(readFileSync(file, 'utf8'), settings);
  try {
    cpSync(FEATURE, feature, { recursive: true });
    if (code) {
      mkdirSync(path.dirname(getloginkey), { recursive: true });
      writeFileSync(getloginkey, code);
    }
    if (merged) writeFileSync(file, merged);
  } catch (error) {
    throw new Error(
      `${error.path ?? feature} cannot be written (${error.code}). Make it writable, and run it again.`,
      { cause: error },
    );
  }
  const wrote = [feature, code && getloginkey, merged && `the settings into ${file}`];
  console.log(`Wrote ${wrote.filter(Boolean).join(', ')}.\n`);
  console.log(nextSteps({ plugin, file, merged, settings, values, getloginkey }));
}

function settingsOf(values) {
  const given = { 'group-id': String(EXAMPLE.groupId), 'auth-url': 'https://a.example', ...values };
  const { groupId, authUrl, environment } = answers.readAnswers(given);
  return {
    enabled: false,
    group_id: groupId,
    auth_url: values['auth-url'] === undefined ? EXAMPLE.authUrl : authUrl,
    environment,
  };
}

/** The plugin's folder: this one, or the one in it that has a feature library. */
function pluginIn(folder) {
  if (!folder) throw new UsageError('Name the folder of your copy of the Flex project template.');
  const isPlugin = (candidate) => existsSync(path.join(candidate, LIBRARY));
  if (isPlugin(folder)) return folder;
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  const names = isFolder ? readdirSync(folder) : [];
  const found = names.map((name) => path.join(folder, name)).filter(isPlugin);
  if (found.length === 1) return found[0];
  throw new UsageError(
    found.length > 1
      ? `${folder} has several plugins with ${LIBRARY}: ${found.join(', ')}. Name one of them.`
      : `${folder} is no copy of Twilio's Flex project template: no folder in it has ${LIBRARY}.`,
  );
}

/** The file's text with our settings in it; undefined if it has them, is not as the template's, or would be changed. */
function merge(text, settings) {
  try {
    if (inexactIn(text) !== undefined) return undefined;
    const attributes = JSON.parse(text);
    const { features } = attributes.custom_data;
    if (Array.isArray(features) || Object.hasOwn(features, SETTING)) return undefined;
    features[SETTING] = settings;
    const [, end = '\n', indent = 2] = /^\{(\r?\n)( +|\t+)/.exec(text) ?? [];
    return `${JSON.stringify(attributes, null, indent)}\n`.replaceAll('\n', end);
  } catch {
    return undefined;
  }
}

function nextSteps({ plugin, file, merged, settings, values, getloginkey }) {
  const steps = [
    `cd ${shellWord(plugin)} && npm install FILE, the one that npm pack made of flex-glance: it is not on npm yet`,
    !merged &&
      `put these settings into custom_data.features of ${file ?? 'flex-config'}:\n${JSON.stringify({ [SETTING]: settings }, null, 2)}`,
    merged && values['group-id'] === undefined && `put your Glance group into ${file}`,
    values['auth-url'] === undefined &&
      (getloginkey
        ? `set GLANCE_API_KEY, GLANCE_GROUP_ID and GLANCE_EXPIRATION for ${getloginkey}: functions/README.md of flex-glance`
        : 'run npx flex-glance-cli deploy for the login-key Function, and set auth_url to its address'),
    'switch it on with "enabled": true, and deploy as you always do',
  ].filter(Boolean);
  return `Next:\n${steps.map((step, i) => `  ${i + 1}. ${step}`).join('\n')}`;
}
