// The options and questions that are settings of Flex's configuration: made from the table of settings, by way of
// `settings.schema.json`. What is an object (`policy`, `strings`) is no option: it is set in the configuration.

import schema from '../../../settings.schema.json' with { type: 'json' };
import { originOf } from '../../../src/doctor/address.mjs';
import { readGroupId } from '../../../src/doctor/group-id.mjs';
import { UsageError } from '../usage-error.mjs';

/** Deploy knows it: it is the Function that it deploys. */
const OWN = 'auth_url';

/** Begins the names of settings that all have one description: it is the same prop. */
const HOST = 'host_';

/** @typedef {{name: string, option: string, values?: string[], isFlag: boolean, help: string}} Setting */

/** @type {Setting[]} */
const SETTINGS = Object.entries(schema.properties)
  .filter(([name]) => name !== OWN)
  .map(([name, rule]) => ({ name, option: name.replaceAll('_', '-'), rule }))
  .filter(({ rule }) => takesText(rule) || rule.type === 'boolean')
  .map(({ name, option, rule }) => ({
    name,
    option,
    isFlag: rule.type === 'boolean',
    values: rule.enum ?? rule.anyOf?.find((it) => it.enum)?.enum,
    help: firstSentence(rule.description) + (isHost(name) ? ` (${name.slice(HOST.length)})` : ''),
  }));

function isHost(name) {
  return name.startsWith(HOST);
}

function takesText(rule) {
  return [rule, ...(rule.anyOf ?? [])].some((it) => it.type === 'string' || it.enum);
}

function firstSentence(text) {
  return text.split('. ')[0].replace(/\.$/, '').replaceAll('`', '');
}

/** For `util.parseArgs`: a setting that is on or off is two options. */
export const settingOptions = Object.fromEntries(
  SETTINGS.flatMap(({ option, isFlag }) =>
    isFlag
      ? [option, `no-${option}`].map((name) => [name, { type: 'boolean' }])
      : [[option, { type: 'string' }]],
  ),
);

const WIDTH = 78;
const COLUMN = 27;

/** Their part of the command's help. */
export const settingHelp = SETTINGS.map(({ name: setting, option, isFlag, values, help }) => {
  const kind = values ? 'NAME' : option === 'group-id' ? 'ID' : isHost(setting) ? 'HOST' : 'TEXT';
  const takes = isFlag ? '' : ` ${kind}`;
  const name = `  --${option}${isFlag ? `, --no-${option}` : takes}`;
  const told = `${help}${values ? `: ${values.join(', ')}` : ''}`;
  const lines = wrapped(told);
  const [first, ...rest] = name.length < COLUMN - 1 ? lines : ['', ...lines];
  return [`${name.padEnd(COLUMN)}${first}`.trimEnd(), ...rest.map((it) => ' '.repeat(COLUMN) + it)];
})
  .flat()
  .join('\n');

function wrapped(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > WIDTH) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

/** What has to be set, and is asked for where it is not: `[name, question]`. */
export const REQUIRED = SETTINGS.filter(({ name }) => schema.required.includes(name));

/**
 * @param {Record<string, string | boolean | undefined>} values Those of the command line.
 * @returns {Record<string, any>} The settings that are given.
 * @throws {UsageError} For one that its setting does not take.
 */
export function readSettings(values) {
  const given = SETTINGS.map((setting) => [setting.name, readSetting(setting, values)]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function readSetting(setting, values) {
  const { option, isFlag } = setting;
  if (!isFlag) {
    const text = values[option];
    return text === undefined ? undefined : readText(setting, text, `--${option}`);
  }
  const [isOn, isOff] = [values[option], values[`no-${option}`]];
  if (isOn && isOff)
    throw new UsageError(`--${option} and --no-${option} are given. Leave one out.`);
  return isOn ? true : isOff ? false : undefined;
}

/**
 * @param {Setting} setting
 * @param {string} text
 * @param {string} where Whence it comes.
 * @throws {UsageError}
 */
export function readText({ name, values }, text, where) {
  const given = text.trim();
  if (name === 'group_id') {
    const id = readGroupId(given);
    if (id !== undefined) return id;
    throw new UsageError(`${where} takes the Group ID of the Glance portal, a positive integer.`);
  }
  if (values) {
    const known = values.find((it) => it === given.toLowerCase());
    if (known) return known;
    throw new UsageError(`${where} takes one of ${values.join(', ')}.`);
  }
  if (isHost(name) && originOf(given) === undefined) {
    throw new UsageError(`${where} takes a host name, or an https origin.`);
  }
  if (given === '') throw new UsageError(`${where} is empty. Give it a value, or leave it out.`);
  return given;
}
