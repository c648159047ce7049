// Form fields of a JSON Schema: one for each property, with its description as help.

import { element } from './element.js';

/**
 * @param {object} schema of an object
 * @param {object} settings the present values
 */
export function createFields(schema, settings) {
  const fields = Object.entries(schema.properties).map(([name, property]) =>
    createField(name, property, schema.required?.includes(name), settings[name]),
  );
  return {
    elements: fields.map((field) => field.element),
    /** What is wrong with each that says what its setting cannot have; those are marked. */
    problems: () => fields.map((field) => field.problem()).filter(Boolean),
    /** What was changed since `saved`: undefined for what is no longer set. */
    changes: () =>
      Object.fromEntries(
        fields.filter((field) => field.isChanged()).map((field) => [field.name, field.value()]),
      ),
    saved: () => fields.forEach((field) => field.saved()),
  };
}

function createField(name, schema, isRequired, present) {
  const control = createControl(schema, present);
  const help = `${name}-help`;
  Object.assign(control, { id: name, name, required: Boolean(isRequired) });
  control.setAttribute('aria-describedby', help);
  control.value = write(present);
  // As the control holds it: one of a line has no line ends.
  let before = control.value;
  const hint = element('p', {
    id: help,
    className: 'help',
    textContent: schema.description?.replaceAll('`', ''),
  });
  const label = element('label', { htmlFor: name, textContent: name });
  return {
    name,
    element: element('div', { className: 'field' }, label, control, hint),
    isChanged: () => control.value !== before,
    value: () => read(control.value, schema),
    /** What is wrong with what it says; undefined if nothing is. What nobody changed is not judged. */
    problem() {
      const isChanged = control.value !== before || control.value === '';
      control.setCustomValidity(isChanged ? problem(control.value, schema) : '');
      const { valid } = control.validity;
      control.setAttribute('aria-invalid', String(!valid));
      return valid ? undefined : `${name}: ${control.validationMessage}`;
    },
    saved: () => (before = control.value),
  };
}

function createControl(schema, present) {
  const choices = schema.type === 'boolean' ? ['true', 'false'] : alternatives(schema, 'enum')[0];
  const isObject = schema.type === 'object' || (typeof present === 'object' && present !== null);
  if (choices && !isObject) {
    const option = (value) => new Option(value || 'not set', value);
    // What it has stays, also where it is none of the choices.
    const all = new Set(['', ...choices, write(present)]);
    return element('select', {}, ...[...all].map(option));
  }
  const control = document.createElement(isObject ? 'textarea' : 'input');
  return Object.assign(control, { spellcheck: false, autocomplete: 'off' });
}

/** What the schema and its alternatives have of a keyword. */
const alternatives = (schema, keyword) =>
  [schema, ...(schema.anyOf ?? [])].map((it) => it[keyword]).filter((it) => it !== undefined);

const write = (value) =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** The value that a text stands for; undefined for none. */
function read(text, schema) {
  if (text.trim() === '') return undefined;
  const types = alternatives(schema, 'type');
  const isText = types.includes('string') || alternatives(schema, 'enum').length > 0;
  const isNumber = types.includes('integer') && /^\d+$/.test(text);
  if (isNumber || !isText || /^\s*\{/.test(text)) return JSON.parse(text);
  return text;
}

/** Why a text cannot be the setting; empty if it can. */
function problem(text, schema) {
  try {
    const value = read(text, schema);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (schema.type === 'object' && value !== undefined && !isObject)
      return 'It is no JSON object.';
    if (typeof value !== 'string') return '';
    const patterns = alternatives(schema, 'pattern');
    const fits =
      patterns.length === 0 || patterns.some((pattern) => new RegExp(pattern).test(value));
    return fits ? '' : 'It has not the form that this setting needs.';
  } catch {
    return 'It is no JSON.';
  }
}
