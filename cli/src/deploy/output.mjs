// What deploy prints: results to standard output, as text or JSON, and no secret in either.

import { printable } from '../../../src/doctor/finding.mjs';

/**
 * @param {{isJson: boolean, strike: (text: string) => string}} how `strike` takes secrets out.
 */
export function createOutput({ isJson, strike }) {
  const clean = (text) => printableLines(strike(text));
  return {
    clean,
    /** Prints the result. */
    result(object, text) {
      console.log(isJson ? strike(JSON.stringify(object, null, 2)) : clean(text));
    },
    /** Shows people something before they are asked: beside the result, where that is for programs. */
    show(text) {
      if (isJson) console.error(clean(text));
      else console.log(clean(text));
    },
  };
}

/** A text for people, in which names and values of others turn nothing around and colour nothing. */
export function printableLines(text) {
  return text.split('\n').map(printable).join('\n');
}
