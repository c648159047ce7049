/** The HTML of Glance's script tag for a site. */

import { isAcceptable, originOf } from '../../src/doctor/address.mjs';
import { production } from '../../vectors/hosts.json';
import { TAG } from './glance.js';
import { whyNothing } from './nothing.js';
import { groupNumber, kind } from './options.js';
import { isVisitorId } from './presence.js';
import { reason } from './report.js';

/** Source of attributes, values and address: Glance's pages on the script tag; see `index.d.ts`. */
const OPTIONS = [
  ['groupid', groupNumber, 'the number of your Glance group, for example 12345'],
  ['site', oneOf('production', 'staging'), '"production" or "staging"'],
  ['presence', oneOf('api', 'on', 'off'), '"api", "on" or "off"'],
  ['cookiedomain', domain, 'a domain without scheme, port or path, for example "example.com"'],
  ['cookietype', oneOf('normal', 'ls', 'dual', 'secure'), '"normal", "ls", "dual" or "secure"'],
  ['additionalgroupids', groupIds, 'an array of group numbers, for example [12346, 12347]'],
  ['inputevents', inputEvents, 'an object such as { "ctrl-13": "showTerms" }'],
  ['termsurl', address, 'an https address'],
  ['visitorid', (id) => isVisitorId(id) && id, '1 to 62 letters A to Z, digits or - _ . ~'],
  ['ws', server, 'a host, for example "www.glance.net"'],
  ['presenceserver', server, 'a host, or its https address'],
  ['scriptserver', server, 'a host, or its https address'],
  ['startpaused', oneOf(1, 2), '1 or 2'],
  ['video', word, 'a word'],
  ['collection', oneOf('on'), '"on"'],
  ['cdn', server, 'a host, for example "www.glancecdn.net", or its https address'],
];

const DEFAULTS = Object.assign(Object.create(null), {
  site: 'production',
  presence: 'api',
  cdn: production.cdn,
});

/**
 * The tag, in one line, ready for the `head` of every page.
 * @param {object} options See `index.d.ts`; only `groupid` is required.
 * @returns {string} HTML, escaped.
 * @throws {TypeError} If an option is missing, wrong or unknown. The message names it, and its type
 *   but never its value.
 */
export function scriptTag(options) {
  const attributes = attributesOf(options, 'scriptTag');
  return `<script ${attributes.map(([name, text]) => `${name}="${escape(text)}"`).join(' ')}></script>`;
}

/**
 * Adds the tag to this page, unless there is one.
 * @param {object} options As `scriptTag`.
 * @returns {HTMLElement} The tag.
 * @throws {TypeError} As `scriptTag`.
 */
export function loadScript(options) {
  const attributes = attributesOf(options, 'loadScript');
  const present = document.querySelector(TAG);
  if (present) return present;
  const script = document.createElement('script');
  for (const [name, text] of attributes) script.setAttribute(name, text);
  document.head.appendChild(script);
  return script;
}

function attributesOf(options, caller) {
  const given = copied(options, caller);
  const names = OPTIONS.map(([name]) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(
      `${caller}: there is no option ${JSON.stringify(unknown)}. There are ${names.join(', ')}.`,
    );
  }
  const values = Object.create(null);
  for (const [name, read, expected] of OPTIONS) {
    const value = given[name] === undefined ? DEFAULTS[name] : given[name];
    if (value === undefined && name !== 'groupid') continue;
    const text = readBy(read, value);
    if (!text) {
      const nothing = name === 'visitorid' && whyNothing(value);
      const why = nothing || `must be ${expected}, got ${kind(value)}.`;
      throw new TypeError(`${caller}: option "${name}" ${why}`);
    }
    values[name] = text;
  }
  const { cdn, ...data } = values;
  if (data.presence === 'off') delete data.presence;
  return [
    ['id', 'glance-cobrowse'],
    ['charset', 'UTF-8'],
    ['src', `${originOf(cdn)}/cobrowse/CobrowseJS.ashx?group=${data.groupid}&site=${data.site}`],
    ...Object.keys(data).map((name) => [`data-${name}`, data[name]]),
  ];
}

/** The options, each read once: a getter of the page's may throw. */
function copied(options, caller) {
  const given = Object.create(null);
  let name;
  try {
    for (name of Object.keys(Object(options))) given[name] = options[name];
  } catch (error) {
    const which = name === undefined ? 'its options' : `option ${JSON.stringify(name)}`;
    throw new TypeError(`${caller}: ${which} cannot be read (${reason(error)}).`, { cause: error });
  }
  return given;
}

/** What `read` makes of a value; undefined where the value lets nobody look at it. */
function readBy(read, value) {
  try {
    return read(value);
  } catch (_) {
    return undefined;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

// Each reads one value and answers its text, or something falsy if it is wrong.

function oneOf(...values) {
  return (value) => values.includes(value) && String(value);
}

function matching(pattern) {
  return (value) => typeof value === 'string' && pattern.test(value) && value;
}

function domain(value) {
  return matching(/^\.?([a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}$/i)(value);
}

function word(value) {
  return matching(/^[a-z0-9_-]{1,40}$/i)(value);
}

function groupIds(value) {
  if (!Array.isArray(value)) return undefined;
  const ids = value.map(groupNumber);
  return ids.every(Boolean) && ids.join(',');
}

const SHORTCUTS = ['showButton', 'showTerms', 'startSession'];

function inputEvents(value) {
  if (kind(value) !== 'object') return undefined;
  const keys = Object.keys(value);
  const good = keys.every((key) => word(key) && SHORTCUTS.includes(value[key]));
  return good && keys.length > 0 && JSON.stringify(value);
}

/** An https address without credentials, or an http address of this machine. */
function address(value) {
  return matching(/^.{1,2000}$/)(value) && isAcceptable(value) && value;
}

function server(value) {
  const host = matching(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/i)(value);
  return (host && originOf(host) && host) || address(value);
}
