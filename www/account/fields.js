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
    /** Whether each says something that its setting can have; those that do not are marked. */
    check: () => fields.map((field) => field.check()).every(Boolean),
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
  let before = write(present);
  control.value = before;
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
    check() {
      control.setCustomValidity(problem(control.value, schema));
      control.setAttribute('aria-invalid', String(!control.validity.valid));
      return control.validity.valid;
    },
    saved: () => (before = control.value),
  };
}

function createControl(schema, present) {
  const choices = schema.type === 'boolean' ? ['true', 'false'] : alternatives(schema, 'enum')[0];
  if (choices && typeof present !== 'object') {
    const option = (value) => new Option(value || 'not set', value);
    return element('select', {}, ...['', ...choices].map(option));
  }
  const isObject = schema.type === 'object' || typeof present === 'object';
  const control = document.createElement(isObject ? 'textarea' : 'input');
  return Object.assign(control, { spellcheck: false, autocomplete: 'off' });
}

/** What the schema and its alternatives have of a keyword. */
const alternatives = (schema, keyword) =>
  [schema, ...(schema.anyOf ?? [])].map((it) => it[keyword]).filter((it) => it !== undefined);

const write = (value) =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

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
    if (typeof value !== 'string') return '';
    const patterns = alternatives(schema, 'pattern');
    const fits =
      patterns.length === 0 || patterns.some((pattern) => new RegExp(pattern).test(value));
    return fits ? '' : 'It has not the form that this setting needs.';
  } catch {
    return 'It is no JSON.';
  }
}
