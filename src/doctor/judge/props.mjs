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
const isPlace = (value) => typeof value === 'string' && /^(flex|tab|window)$/i.test(value.trim());
const suppliesText = (value) =>
  typeof value === 'function' || (typeof value === 'string' && Boolean(value.trim()));
const isHandler = (value) => typeof value === 'function';
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isVideo = (value) =>
  typeof value === 'string'
    ? /^(off|agent|multiway)$/i.test(value.trim())
    : isObject(value) && ['agent', 'visitor'].some((side) => !isMissing(value[side]));

const isSandbox = (value) =>
  value === false ||
  (typeof value === 'string' && /^(none|allow-[a-z-]+(\s+allow-[a-z-]+)*)$/i.test(value.trim()));

const FLAG = [isFlag, 'true or false'];
const PLACE = [isPlace, '"flex", "tab" or "window"'];
const HANDLER = [isHandler, 'a function'];

/** Name, whether a value will do, and what is expected. */
const RULES = [
  ['authtoken', suppliesText, 'the Flex token as a text, or a function that gives it'],
  ['openlocation', ...PLACE],
  ['opentype', ...PLACE],
  ['presence', ...FLAG],
  ['debugmode', ...FLAG],
  ['visitorid', suppliesText, 'a text, or a function of the task'],
  ['notifications', ...FLAG],
  ['immediatetab', ...FLAG],
  ['video', isVideo, '"off", "agent" or "multiway"'],
  ['viewersandbox', isSandbox, 'tokens of an iframe\'s sandbox such as "allow-scripts", or false'],
  ['onsessionstart', ...HANDLER],
  ['onsessionend', ...HANDLER],
  ['strings', isObject, 'an object of texts'],
];

const WHY = 'With a wrong prop the component does nothing but name it.';
const WHY_VISITOR = 'It would be the ID of every visitor who has none.';

/**
 * @param {Record<string, unknown>} props
 * @returns {import('../finding.mjs').Finding[]} One for each prop that is wrong, or one that all is well.
 */
export function judgeProps(props) {
  const findings = RULES.filter(
    ([name, fits]) => !isMissing(props[name]) && !fits(props[name]) && !isOverruled(name, props),
  ).map(([name, , expected]) =>
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
