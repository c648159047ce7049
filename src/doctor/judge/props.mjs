/**
 * Judges the props that `settings.mjs` does not: those that only a plugin gives. It accepts what
 * `Config::parse` of `src/core/config.rs` accepts.
 */

import { check, quote } from '../finding.mjs';
import { standsForNothing } from '../nothing.mjs';

const isMissing = (value) =>
  value === undefined || value === null || (typeof value === 'string' && !value.trim());
const isFlag = (value) =>
  typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/.test(value.trim()));
const isOneOf = (values, value) =>
  typeof value === 'string' && values.includes(value.trim().toLowerCase());
const suppliesText = (value) =>
  typeof value === 'function' || (typeof value === 'string' && Boolean(value.trim()));
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMode = (value) => typeof value === 'string' && value !== '';
const isVideo = (value) =>
  typeof value === 'string'
    ? /^(off|agent|multiway)$/i.test(value.trim())
    : isObject(value) && [value.agent, value.visitor].some(isMode);

const isSandbox = (value) =>
  value === false ||
  (typeof value === 'string' &&
    (/^none$/i.test(value.trim()) || /^allow-[a-z-]+(\s+allow-[a-z-]+)*$/.test(value.trim())));

/** Whether a value will do, by the kind of its prop. */
const FITS = {
  flag: isFlag,
  supplied: suppliesText,
  video: isVideo,
  sandbox: isSandbox,
  function: (value) => typeof value === 'function',
  object: isObject,
  // `settings.mjs` judges them, one by one.
  hosts: () => true,
};

/** The props that may be left out, with the kind or the texts that each takes and what is expected. */
const RULES = [
  // props: begin (written by `npm run props`)
  {
    name: 'authtoken',
    takes: 'supplied',
    expected: 'the Flex token as a string, or a function that gives it',
  },
  { name: 'openlocation', takes: ['flex', 'tab', 'window'], expected: '"flex", "tab" or "window"' },
  { name: 'opentype', takes: ['flex', 'tab', 'window'], expected: '"flex", "tab" or "window"' },
  { name: 'presence', takes: 'flag', expected: 'true or false' },
  { name: 'debugmode', takes: 'flag', expected: 'true or false' },
  {
    name: 'visitorid',
    takes: 'supplied',
    expected: "the visitor's id as a string, or a function of the task that gives it",
  },
  { name: 'notifications', takes: 'flag', expected: 'true or false' },
  { name: 'immediatetab', takes: 'flag', expected: 'true or false' },
  { name: 'video', takes: 'video', expected: '"off", "agent" or "multiway"' },
  {
    name: 'viewersandbox',
    takes: 'sandbox',
    expected: 'tokens of an iframe\'s sandbox such as "allow-scripts allow-forms", or false',
  },
  { name: 'onsessionstart', takes: 'function', expected: 'a function' },
  { name: 'onsessionend', takes: 'function', expected: 'a function' },
  { name: 'hosts', takes: 'hosts', expected: 'an object with web, cdn, presence or authorization' },
  { name: 'strings', takes: 'object', expected: 'an object of texts' },
  // props: end
];

const WHY = 'With a wrong prop the component does nothing but name it.';
const WHY_VISITOR = 'It would be the ID of every visitor who has none.';

/**
 * @param {Record<string, unknown>} props
 * @returns {import('../finding.mjs').Finding[]} One for each prop that is wrong, or one that all is well.
 */
export function judgeProps(props) {
  const findings = RULES.filter(
    ({ name, takes }) =>
      !isMissing(props[name]) && !fits(props[name], takes) && !isOverruled(name, props),
  ).map(({ name, expected }) =>
    check(`settings.${name}`, WHY).error(
      `${name} is ${typeName(props[name])}.`,
      `Set ${name} to ${expected}, or leave it out.`,
    ),
  );
  if (!suppliesText(props.puid)) {
    findings.push(
      check('settings.puid', WHY).error(
        `puid is ${isMissing(props.puid) ? 'missing' : typeName(props.puid)}.`,
        'Set puid to manager.user.identity.',
      ),
    );
  }
  if (standsForNothing(props.visitorid)) {
    findings.push(
      check('settings.visitorid', WHY_VISITOR).error(
        `visitorid is the text ${quote(props.visitorid.trim())}, which stands for nothing.`,
        "Set visitorid to a function of the task that gives its visitor's ID, or undefined itself; or leave it out.",
      ),
    );
  }
  return findings.length > 0
    ? findings
    : [check('settings.props', WHY).ok('puid and the props that may be left out can be used.')];
}

function fits(value, takes) {
  return Array.isArray(takes) ? isOneOf(takes, value) : FITS[takes](value);
}

/** `openlocation` wins over `opentype`, which then is not read. */
function isOverruled(name, { openlocation }) {
  return name === 'opentype' && !isMissing(openlocation);
}

/** A value's type; never the value. */
function typeName(value) {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return 'a text that is none of what it takes';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Where viewers open: `flex`, `tab` or `window`. */
export function placeOf({ openlocation, opentype }) {
  const place = isMissing(openlocation) ? opentype : openlocation;
  return isMissing(place) ? 'flex' : String(place).trim().toLowerCase();
}

/** Whether a switch is on. */
export function isOn(value) {
  return String(value).trim() === 'true';
}
