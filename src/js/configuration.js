// @ts-check
/**
 * What administrators set in Flex's hosted configuration, and a worker's own over it, as props. Pure: what
 * is given is only read.
 *
 * @typedef {object} Problem
 * @property {'unknown' | 'secret' | 'worker' | 'value'} kind No such setting; one that looks like a secret; one
 *   that no worker may change; a value that it does not take.
 * @property {string} name The setting's, as it was found. Its value is nowhere.
 *
 * @typedef {object} Settings
 * @property {Record<string, any>} props
 * @property {'header' | 'panel' | 'both'} placement
 * @property {boolean} isEnabled
 * @property {string} [language]
 * @property {Problem[]} problems
 */
import { SETTINGS } from './settings-table.js';

/** Where the member is in `custom_data` and in `config_overrides`: Twilio's template for plugins has it there. */
const FEATURE = 'glance_cobrowse';

/** A name that somebody gives a secret. */
const SECRET = /key|token|secret|pass|credential|auth|sid$/i;

/** So much of a name is told: it is somebody's text. */
const LONGEST_NAME = 40;

/**
 * @param {any} uiAttributes `ui_attributes` of the configuration.
 * @param {any} [workerAttributes]
 * @param {any} [running] Flex's configuration as it is now. What was changed since Flex loaded it counts as
 *   far as a worker may change it: other plugins put a worker's `config_overrides` there, unasked.
 * @returns {Settings}
 */
export function readSettings(uiAttributes, workerAttributes, running) {
  const problems = [];
  const found = Object.assign(
    take(featureOf(uiAttributes, 'custom_data'), problems, () => true),
    take(featureOf(running, 'custom_data'), [], isWorkers),
    take(featureOf(workerAttributes, 'config_overrides'), problems, isWorkers),
  );
  const { enabled = 'true', placement = 'header', language } = found;
  return {
    props: propsOf(found),
    placement,
    isEnabled: enabled === 'true',
    language,
    problems,
  };
}

/** Whether both come to the same. */
export function isSame(before, after) {
  return JSON.stringify(before) === JSON.stringify(after);
}

function isWorkers(setting) {
  return Boolean(setting.isWorkers);
}

function featureOf(attributes, where) {
  const { features } = objectOf(objectOf(attributes)[where]);
  return objectOf(features)[FEATURE];
}

/** The settings of a member that are taken, by name; what is not goes to `problems`. */
function take(given, problems, mayChange) {
  const taken = {};
  if (isLeftOut(given)) return taken;
  if (!isObject(given)) {
    problems.push({ kind: 'value', name: FEATURE });
    return taken;
  }
  for (const name of Object.keys(given)) {
    const setting = SETTINGS.find((it) => it.name === name);
    const value = given[name];
    const kind = refusalOf(name, setting, value, mayChange);
    if (kind) problems.push({ kind, name: name.slice(0, LONGEST_NAME) });
    else if (!isLeftOut(value)) taken[name] = setting && setting.values ? plain(value) : value;
  }
  return taken;
}

function refusalOf(name, setting, value, mayChange) {
  if (!setting) return SECRET.test(name) ? 'secret' : 'unknown';
  if (!mayChange(setting)) return 'worker';
  const { values } = setting;
  const isTaken = isLeftOut(value) || !values || values.some((it) => String(it) === plain(value));
  return isTaken ? undefined : 'value';
}

function propsOf(found) {
  const props = {};
  for (const { name, prop, member, standsFor } of SETTINGS) {
    const value = name in found ? found[name] : standsFor;
    if (!prop || value === undefined) continue;
    if (member) props[prop] = Object.assign({}, props[prop], { [member]: value });
    else props[prop] = value;
  }
  return props;
}

/**
 * The name by which administrators know a prop, or a member of one (`hosts.web`).
 * @param {string} path
 * @returns {string} The prop's own where it is no setting.
 */
export function settingOf(path) {
  const [prop, member] = path.split('.');
  const row = SETTINGS.find((setting) => setting.prop === prop && setting.member === member);
  return row ? row.name : path;
}

function objectOf(value) {
  return isObject(value) ? value : {};
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the component sees its props. Flex's admin tools leave an empty text where somebody cleared a field. */
function isLeftOut(value) {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

function plain(value) {
  return typeof value === 'string' ? value.trim().toLowerCase() : String(value);
}
