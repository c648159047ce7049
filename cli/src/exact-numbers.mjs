// Whether JavaScript keeps the numbers of a JSON text as they are. Pure.

/**
 * @param {string} text
 * @returns {string | undefined} The first number that is another one once it is read.
 */
export function inexactIn(text) {
  const numbers = text.replace(/"(?:\\.|[^"\\])*"/g, '').match(/-?\d[\d.eE+-]*/g) ?? [];
  return numbers.find((number) => plain(number) !== plain(String(Number(number))));
}

/** A decimal number by its digits and its exponent: `1.50e2` is `15 e1`, as `150` is. */
function plain(number) {
  const form = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number);
  if (!form) return number;
  const [, sign, whole, part = '', exponent = '0'] = form;
  const digits = (whole + part).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept} e${Number(exponent) - part.length + digits.length - kept.length}`;
}
