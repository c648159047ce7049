/**
 * Reads a Studio flow, which may be any JSON: what is in its place is taken, and what is odd is told.
 *
 * Source: Twilio's pages on Studio flow definitions and the widgets Set Variables and Send to Flex.
 *
 * @typedef {object} Widget
 * @property {string} name
 * @property {string} type
 * @property {{event?: string, next?: string}[]} transitions
 * @property {Record<string, unknown>} properties As they are; those of `variables` are read.
 * @property {{key: string, value: string}[]} variables What a Set Variables widget sets.
 */

import { quote } from './finding.mjs';

/**
 * @param {string} text
 * @returns {{no: string} | {first: string, widgets: Widget[], odd: string[]}} `no`: why it is no flow.
 *   `odd`: what is not as Studio writes it, by its place.
 */
export function readFlow(text) {
  const json = text.replace(/^\ufeff/, '').trim();
  if (json === '') return { no: 'The file is empty' };
  let parsed;
  try {
    parsed = JSON.parse(json);
  } catch (_) {
    return { no: 'The file is no JSON' };
  }
  // The API wraps a flow in what it knows about it.
  const flow = Array.isArray(parsed) ? parsed[0] : parsed;
  if (Array.isArray(parsed) && parsed.length === 0) {
    return { no: 'The file is JSON of an empty array' };
  }
  if (!isObject(flow)) {
    const within = Array.isArray(parsed) ? ' in an array' : '';
    return { no: `The file is JSON of ${kind(flow)}${within}` };
  }
  const { states, initial_state: first } = isObject(flow.definition) ? flow.definition : flow;
  if (states === undefined) return { no: 'The JSON has no states' };
  if (!Array.isArray(states)) return { no: `Its states is ${kind(states)}, not an array` };
  if (first === undefined || first === '') return { no: 'The JSON has no initial_state' };
  if (typeof first !== 'string') return { no: `Its initial_state is ${kind(first)}, not a text` };
  const odd = [];
  return { first, widgets: objects(states, 'states', odd, readWidget), odd };
}

function readWidget(state, place, odd) {
  const { properties = {} } = state;
  const isRead = isObject(properties);
  if (!isRead) odd.push(`${place}.properties is ${kind(properties)}, not an object`);
  return {
    name: needed(state, 'name', place, odd),
    type: needed(state, 'type', place, odd),
    transitions: objects(state.transitions, `${place}.transitions`, odd, readTransition),
    properties: isRead ? properties : {},
    variables:
      isRead && state.type === 'set-variables'
        ? objects(properties.variables, `${place}.properties.variables`, odd, readVariable)
        : [],
  };
}

function readTransition({ event, next }, place, odd) {
  return {
    event: textOf(event, `${place}.event`, odd),
    next: textOf(next, `${place}.next`, odd),
  };
}

function readVariable(variable, place, odd) {
  const { value } = variable;
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return {
    key: needed(variable, 'key', place, odd),
    value: (isPlain ? String(value) : textOf(value, `${place}.value`, odd)) || '',
  };
}

/** The objects of an array, each read; what is none is odd. A missing array is an empty one. */
function objects(list, place, odd, read) {
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    odd.push(`${place} is ${kind(list)}, not an array`);
    return [];
  }
  return list.flatMap((one, at) => {
    if (isObject(one)) return [read(one, `${place}[${at}]`, odd)];
    odd.push(`${place}[${at}] is ${kind(one)}, not an object`);
    return [];
  });
}

/** A text that has to be there; an empty one where it is not. */
function needed(object, name, place, odd) {
  const text = textOf(object[name], `${place}.${name}`, odd);
  if (object[name] === undefined || text === '') odd.push(`${place} has no ${name}`);
  return text || '';
}

/** A text, or undefined where there is none. */
function textOf(value, place, odd) {
  if (typeof value === 'string') return value;
  if (value !== undefined && value !== null) odd.push(`${place} is ${kind(value)}, not a text`);
  return undefined;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value's type in words; never the value. */
export function kind(value) {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  const names = { object: 'an object', string: 'a text', number: 'a number', boolean: 'a boolean' };
  return names[typeof value];
}

/** Most odd places that are named. */
const MOST_NAMED = 5;

/** The odd places in one sentence. */
export function inWords(odd) {
  const named = odd.slice(0, MOST_NAMED).map((one) => quote(one).slice(1, -1));
  const more = odd.length - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
