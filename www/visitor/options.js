/** Reads what a page hands over as options, which may be anything. */

import { reason, reporter } from './report.js';

const HANDLER = [(value) => typeof value === 'function', 'a function'];
const OBJECT = (value) => kind(value) === 'object';

/** Options of the `connect…` functions: whether a value will do, and what is expected. */
const CONNECT_OPTIONS = {
  onerror: HANDLER,
  groupid: [(value) => Boolean(groupNumber(value)), 'the number of your Glance group'],
  data: [OBJECT, 'an object of texts and numbers'],
  pagedata: [(value) => value === false || HANDLER[0](value), 'a function, or false'],
  onchange: HANDLER,
  show: HANDLER,
  maxage: [(value) => value > 0 && kind(value) === 'number', 'a positive number of minutes'],
  start: [(value) => value === 'message' || value === 'chat', '"message" or "chat"'],
  Actions: [(value) => OBJECT(value) || typeof value === 'function', "Flex WebChat's Actions"],
};

/**
 * The options that a `connect…` function was given, each read once, and where problems go.
 * @param {unknown} given
 * @returns {{options: object, report: ReturnType<typeof reporter>}}
 */
export function connectOptions(given) {
  const wrong = [];
  const options = readOptions(given, CONNECT_OPTIONS, (message) => wrong.push(message));
  const report = reporter(options.onerror);
  wrong.forEach((message) => report('option', message));
  return { options, report };
}

/**
 * Reads each option once. One that cannot be used is told, and left out; `null` and `undefined` mean
 * that it was not given.
 * @param {unknown} given
 * @param {Record<string, [(value: unknown) => boolean, string]>} rules
 * @param {(message: string) => void} tell
 */
export function readOptions(given, rules, tell) {
  const options = {};
  if (isMissing(given)) return options;
  if (kind(given) !== 'object') {
    tell(`The options must be an object, got ${kind(given)}. They are left out.`);
    return options;
  }
  for (const [name, [fits, expected]] of Object.entries(rules)) {
    try {
      const value = given[name];
      if (isMissing(value)) continue;
      if (fits(value)) options[name] = value;
      else tell(`The option "${name}" must be ${expected}, got ${kind(value)}. It is left out.`);
    } catch (error) {
      tell(`The option "${name}" cannot be read (${reason(error)}). It is left out.`);
    }
  }
  return options;
}

/** The digits of a Glance group, given as a number or a text; undefined if it is none. */
export function groupNumber(value) {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]{0,9}$/.test(text) ? text : undefined;
}

/** A value's type in a word; never the value. */
export function kind(value) {
  if (isMissing(value) || Number.isNaN(value)) return String(value);
  return Array.isArray(value) ? 'array' : typeof value;
}

function isMissing(value) {
  return value === null || value === undefined;
}
