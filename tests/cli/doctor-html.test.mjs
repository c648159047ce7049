/** The doctor's reading of a page, beside parse5's on random pages. Our own needs no dependency. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parse } from 'parse5';

import { startTags } from '../../src/doctor/html.mjs';

const PAGES = 5_000;

// What decides where tags begin and end. Without elements that a tree moves or leaves out.
const PIECES = [
  ...['<script', '</script', '<style', '</style>', '<title>', '</title>', '<p', '</p>', '<b', '<a'],
  ...[
    '<textarea>',
    '</textarea>',
    '<noscript>',
    '</noscript>',
    '<xmp>',
    '</xmp>',
    '<meta',
    '<link',
  ],
  ...['<!--', '-->', '--!>', '<!-->', '<!', '<?', '</', '<', '>', '/>', '/', '=', ' ', '\n', '\t'],
  ...[' id=', ' src="', ' ID=a', ' data-x', '"', "'", 'a', 'Z', '1', '-', '&amp;', '&lt', '&#65;'],
  ...['&', '&#x42', '<3', '\f', 'é', '😀'],
];

test('random pages are read as parse5 reads them', () => {
  const random = generator(20541);
  for (let page = 0; page < PAGES; page += 1) {
    const length = 1 + Math.floor(random() * 24);
    const pick = () => PIECES[Math.floor(random() * PIECES.length)];
    const html = `<!DOCTYPE html><body><p>${Array.from({ length }, pick).join('')}`;
    assert.deepEqual(startTags(html).map(plain), byParse5(html), JSON.stringify(html));
  }
});

function plain({ name, attributes }) {
  return [name, Object.fromEntries(attributes)];
}

/** The elements that the page has tags for, in its order. */
function byParse5(html) {
  const found = new Map();
  const walk = ({ tagName, attrs, sourceCodeLocation, childNodes = [] }) => {
    const at = sourceCodeLocation && (sourceCodeLocation.startTag || sourceCodeLocation);
    // An element that is opened again after a paragraph's end has one tag, and so one place.
    if (tagName && at && !found.has(at.startOffset)) {
      const attributes = Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
      found.set(at.startOffset, [tagName, attributes]);
    }
    childNodes.forEach(walk);
  };
  walk(parse(html, { sourceCodeLocationInfo: true }));
  return [...found].sort(([a], [b]) => a - b).map(([, element]) => element);
}

/** The same numbers from 0 up to 1 at each run (Lehmer's generator). */
function generator(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
