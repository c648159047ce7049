// The words of the component, by their names in `locales/`: a journey names the text that it expects, and
// knows no wording.

import { readFileSync } from 'node:fs';

const read = (language) =>
  JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'));

const TABLES = { en: read('en'), es: read('es') };

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values] What is filled in.
 * @param {'en' | 'es'} [language]
 * @throws {Error} If there is no such text, or not everything is filled in.
 */
export function text(name, values = {}, language = 'en') {
  return template(name, language).replace(/\{(\w+)\}/g, (_, word) => {
    if (!(word in values)) throw new Error(`The text "${name}" needs a value for {${word}}.`);
    return values[word];
  });
}

/** Matches these texts, whole, whatever is filled in. */
export function anyOf(names, language = 'en') {
  const patterns = names.map((name) =>
    template(name, language)
      .split(/\{\w+\}/)
      .map(escaped)
      .join('.*'),
  );
  return new RegExp(`^(?:${patterns.join('|')})$`);
}

/** The name of the main button where it does something else than to start a session. */
export function mainName(name, language) {
  return `${text('cobrowse', {}, language)}: ${text(name, {}, language)}`;
}

function template(name, language) {
  const found = TABLES[language][name];
  if (found === undefined) throw new Error(`locales/${language}.json has no text "${name}".`);
  return found;
}

function escaped(words) {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
