// Turns the recorded views into JavaScript: what a person would write in JSX, and as fast as that.

import { readFileSync } from 'node:fs';

import { parseFragment } from 'parse5';

const RECORDED = new URL('../../www/states/views.json', import.meta.url);

/** What React calls differently. */
const REACT_NAMES = {
  class: 'className',
  for: 'htmlFor',
  autocomplete: 'autoComplete',
  autocapitalize: 'autoCapitalize',
  spellcheck: 'spellCheck',
  value: 'defaultValue',
};

/** Ids are recorded without the number that each instance adds. */
const ID = /^glance-\w+$/;

/**
 * @param {string[]} [names] Of the states that are wanted; all of them, if it is left out.
 * @returns {string} A module that exports `views`: by state and slot, a function of `createElement` and of
 *   what the twin gives.
 */
export function viewsModule(names) {
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8'));
  const wanted = recorded.filter(({ name }) => !names || names.includes(name));
  const states = wanted.map(({ name, ...slots }) => {
    const drawn = Object.entries(slots).map(([slot, html]) => `${slot}: ${drawing(html)}`);
    return `${JSON.stringify(name)}: { ${drawn} }`;
  });
  return `export const views = { ${states.join(',\n')} };`;
}

function drawing(html) {
  return `(h, given) => ${elementCode(parseFragment(html).childNodes[0])}`;
}

function elementCode(node) {
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  const children = node.childNodes.map((child) => {
    if (child.nodeName !== '#text') return elementCode(child);
    const isLabel = attributes.class === 'label' && child.value === 'Cobrowse';
    return isLabel ? 'given.label' : JSON.stringify(child.value);
  });
  const props = propsCode(attributes);
  return `h(${[JSON.stringify(node.tagName), `{ ${props} }`, ...children]})`;
}

function propsCode({ 'data-open': isOpen, ...attributes }) {
  const props = Object.entries(attributes).map(([name, value]) => {
    const written = JSON.stringify(value);
    const code = ID.test(value) ? `${JSON.stringify(`${value}-`)} + given.id` : written;
    return `${JSON.stringify(REACT_NAMES[name] ?? name)}: ${code}`;
  });
  const look = attributes['data-look'];
  if (isOpen !== undefined) props.push('ref: given.shown');
  if (look === 'side') props.push(`key: ${JSON.stringify(attributes.title)}`);
  if (look === 'main') props.push('ref: given.main');
  if (look === 'main' && !isIdle(attributes)) props.push('onClick: given.start');
  if (look === 'side' && attributes.title === 'Cancel') props.push('onClick: given.cancel');
  return props;
}

function isIdle(attributes) {
  return 'aria-disabled' in attributes || 'popovertarget' in attributes;
}
