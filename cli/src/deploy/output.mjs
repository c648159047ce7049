// What deploy prints: results to standard output, as text or JSON, and no secret in either.

/**
 * @param {{isJson: boolean, strike: (text: string) => string}} how `strike` takes secrets out.
 */
export function createOutput({ isJson, strike }) {
  const tell = (text) => console.log(strike(text));
  return {
    strike,
    /** Prints the result. */
    result(object, text) {
      tell(isJson ? JSON.stringify(object, null, 2) : text);
    },
    /** Shows people something before they are asked: beside the result, where that is for programs. */
    show(text) {
      if (isJson) console.error(strike(text));
      else tell(text);
    },
  };
}
