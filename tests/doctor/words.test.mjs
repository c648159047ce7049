/** The doctor’s panel speaks the language of the page. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as words from '../../src/doctor/panel/words.mjs';

test('every form of a Spanish language tag is Spanish, and no other language is', () => {
  const [makeWords] = Object.values(words).filter((one) => typeof one === 'function');
  const title = (language) => makeWords(language)('doctor_findings');
  for (const tag of ['es', 'es-MX', 'es_MX', 'ES']) assert.equal(title(tag), 'Resultados', tag);
  for (const tag of ['en', 'est', 'est-EE', '']) assert.equal(title(tag), 'Findings', tag);
});
