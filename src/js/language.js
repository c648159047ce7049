/** Which of our languages a page speaks, for words that are said without the WebAssembly module. */

/**
 * @param {string} language A language tag.
 * @param {string[]} words English and Spanish.
 */
export function inLanguage(language, [english, spanish]) {
  return /^es(?![a-z])/i.test(language) ? spanish : english;
}
