/** The languages of the doctor's panel: those of the component, by the same rule. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from '../js/import.mjs';

const { wordsIn } = await importSources('../doctor/panel/words.mjs');

for (const [language, expected] of [
  ['es', 'Errores'],
  ['es-MX', 'Errores'],
  ['es_MX', 'Errores'],
  ['ES_419', 'Errores'],
  ['en-US', 'Errors'],
  ['en_US', 'Errors'],
  ['est', 'Errors'],
  ['est_EE', 'Errors'],
  ['e', 'Errors'],
  ['', 'Errors'],
]) {
  test(`in "${language}" errors are ${expected}`, () => {
    assert.equal(wordsIn(language)('doctor_errors'), expected);
  });
}
