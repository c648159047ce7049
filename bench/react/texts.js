// The texts, in the language that Flex speaks, with the host's own laid over.
import { table } from '#texts';

/**
 * @param {unknown} given The `strings` prop.
 * @param {string} language A language tag.
 * @returns {(name: string, values?: object) => string} The text of this name, with the words in braces
 *   filled in.
 */
export function makeTexts(given, language) {
  const own = given && typeof given === 'object' ? given : {};
  const column = /^es([-_]|$)/i.test(language) ? 1 : 0;
  return (name, values) => {
    const text = typeof own[name] === 'string' && own[name] ? own[name] : table[name][column];
    return values ? fill(text, values) : text;
  };
}

function fill(text, values) {
  return Object.keys(values).reduce(
    (filled, name) => filled.split(`{${name}}`).join(values[name]),
    text,
  );
}
