/** The texts of `locales/`, and what is made from them. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { made, problems } from '../../scripts/texts.mjs';

const EN = { close_viewer: 'Close viewer', key_too_long: 'At most 62, not {length}.' };
const ES = { close_viewer: 'Cerrar visor', key_too_long: 'Como máximo 62, no {length}.' };

const json = (texts) => `${JSON.stringify(texts, null, 2)}\n`;
const judge = (en, es) => problems({ en: json(en), es: json(es) });

for (const [file, contents] of Object.entries(made())) {
  test(`${file} is made from the texts as they are`, () => {
    const committed = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    assert.ok(committed === contents, `${file} is older than locales/: run \`npm run texts\`.`);
  });
}

test('languages with the same texts have no problem', () => {
  assert.deepEqual(judge(EN, ES), []);
});

test('a text that has no translation is named, with its English', () => {
  const { key_too_long } = ES;
  assert.deepEqual(judge(EN, { key_too_long }), [
    'locales/es.json: "close_viewer" is missing. Add it; in English it is "Close viewer".',
  ]);
});

test('a translation of nothing is named', () => {
  assert.deepEqual(judge(EN, { ...ES, close_panel: 'Cerrar panel' }), [
    'locales/es.json: "close_panel" is not in locales/en.json. Remove it, or add it there.',
  ]);
});

test('a translation fills in the words that the English fills in', () => {
  const needs = (es, expected) =>
    assert.deepEqual(judge(EN, { ...ES, ...es }), [
      `locales/es.json: ${expected}, as in locales/en.json.`,
    ]);
  needs({ key_too_long: 'Como máximo 62.' }, '"key_too_long" needs {length}');
  needs({ key_too_long: 'No {largo}.' }, '"key_too_long" needs {length}');
  needs({ close_viewer: 'Cerrar {x}' }, '"close_viewer" needs no words in braces');
});

for (const text of ['', ' ', ' Close', 'Close ', 'Close\nviewer', 1, null]) {
  test(`${JSON.stringify(text)} is no text`, () => {
    const [found] = judge({ ...EN, close_viewer: text }, ES);
    assert.equal(
      found,
      'locales/en.json: "close_viewer" has to be one line of text without spaces round it.',
    );
  });
}

test('a name is words in lower case', () => {
  assert.deepEqual(judge({ closeViewer: 'Close' }, { closeViewer: 'Cerrar' }).slice(0, 1), [
    'locales/en.json: "closeViewer" is no name. Write it in lower case, with _ between words.',
  ]);
});

test('a name that is there twice is found', () => {
  const twice = json(ES).replace('{\n', '{\n  "close_viewer": "Cierra",\n');
  assert.deepEqual(problems({ en: json(EN), es: twice }), [
    'locales/es.json: a name is there twice, or it is not one text a line, indented by two.',
  ]);
});
