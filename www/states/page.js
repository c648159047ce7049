// Fills the page: every recorded state, drawn three times in each slot where it was recorded.

import { drawView } from './view.js';

const SLOTS = { header: 'Header', panel: 'Panel' };
const LOOKS = ['light', 'dark', 'narrow'];

const index = document.getElementById('index');
const main = document.getElementById('states');
const filter = document.getElementById('filter');
const count = document.getElementById('count');

fill().catch((error) => {
  main.textContent = `The states cannot be shown: ${error.message}`;
});

async function fill() {
  const [recorded, stylesheet, inPlace] = await Promise.all(
    ['views.json', 'component.css', 'in-place.css'].map(read),
  );
  const sheets = await Promise.all(
    [stylesheet, inPlace].map((css) => new CSSStyleSheet().replace(css)),
  );
  const states = JSON.parse(recorded).map((state) => addState(state, sheets));
  filter.addEventListener('input', () => showMatching(states));
  showMatching(states);
  // The browser looked for the address's fragment before there were any states.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

async function read(name) {
  const response = await fetch(`/states/${name}`);
  if (!response.ok) throw new Error(`${name} is missing (${response.status})`);
  return response.text();
}

/** Adds a state to page and index, and tells what it is found by. */
function addState({ name, ...views }, sheets) {
  const title = name[0].toUpperCase() + name.slice(1);
  const id = name.replace(/\W+/g, '-');
  const section = create('section', { className: 'state', id });
  section.append(create('h2', { textContent: title }));
  const drawn = Object.keys(SLOTS)
    .filter((slot) => slot in views)
    .flatMap((slot) => LOOKS.map((look) => addFigure(section, slot, look, views[slot], sheets)));
  main.append(section);

  const item = create('li');
  item.append(create('a', { href: `#${id}`, textContent: title }));
  index.append(item);
  const words = [title, ...drawn.map(wordsOf)].join(' ').toLowerCase();
  return { section, item, words };
}

function addFigure(section, slot, look, html, sheets) {
  const figure = create('figure', { className: look });
  figure.dataset.slot = slot;
  const host = create('div', { className: 'view' });
  figure.append(create('figcaption', { textContent: `${SLOTS[slot]}, ${look}` }), host);
  section.append(figure);
  return drawView(host, html, look === 'dark', sheets);
}

/** What is to be read in a view. A closed form is not. */
function wordsOf(view) {
  const copy = view.cloneNode(true);
  copy.querySelectorAll('form:not([data-open])').forEach((form) => form.remove());
  return copy.textContent;
}

function showMatching(states) {
  const wanted = filter.value.trim().toLowerCase();
  for (const { section, item, words } of states) {
    section.hidden = item.hidden = !words.includes(wanted);
  }
  const shown = states.filter(({ section }) => !section.hidden).length;
  count.textContent = wanted ? `${shown} of ${states.length} states` : `${states.length} states`;
}

function create(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
