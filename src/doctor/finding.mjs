/**
 * What the doctor found: one finding for each check that could be made. A check that depends on one
 * that failed is left out, so that one fault is one finding.
 *
 * @typedef {object} Finding
 * @property {string} check A stable dotted name, such as `function.cors`.
 * @property {'ok' | 'warning' | 'error' | 'unknown'} status `unknown` is no fault: it could not be
 *   told, and `fix` says how to find out.
 * @property {string} seen What was seen. Never a secret.
 * @property {string} why Why it matters.
 * @property {string} fix The exact step to take; empty if there is nothing to do.
 */

/**
 * What makes the findings of one check: `check('function.cors', why).error(seen, fix)`.
 *
 * No secret gets into a finding: judges name what they were given and quote only what is no secret,
 * and whatever has the form of a login key or a token is taken out here. So is what is not seen.
 *
 * @param {string} name
 * @param {string} why
 */
export function check(name, why) {
  const make =
    (status) =>
    /** @returns {Finding} */
    (seen, fix = '') => ({
      check: name,
      status,
      seen: withoutSecrets(printable(seen)),
      why,
      fix: withoutSecrets(printable(fix)),
    });
  return {
    ok: (seen) => make('ok')(seen),
    warning: make('warning'),
    error: make('error'),
    unknown: make('unknown'),
  };
}

/** Controls, direction marks, halves of characters, and whatever else is not seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** A text with a sign in place of each character that is not seen, or that turns others around. */
export function printable(text) {
  return text.replace(UNSEEN, '\u{fffd}');
}

/** Longest text of others that is quoted, in characters. */
const LONGEST_QUOTE = 120;

/** A text of the page, the Function or the user, in quotation marks: printable and not long. */
export function quote(text) {
  const characters = Array.from(printable(String(text)));
  const cut = characters.length > LONGEST_QUOTE;
  return `"${characters.slice(0, LONGEST_QUOTE).join('')}${cut ? '…' : ''}"`;
}

/** A text of the component with the quotation marks that findings have. */
export function straightQuotes(text) {
  return text.replace(/[“”]/g, '"');
}

/** Login keys (`$1$…$…`), and tokens in the form of a JWT: three parts of Base64URL, or five. */
const SECRETS = [
  /\$\d+\$\d+\$[A-Za-z0-9_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_.-]*/g,
];

function withoutSecrets(text) {
  return SECRETS.reduce((rest, secret) => rest.replace(secret, '(removed)'), text);
}
