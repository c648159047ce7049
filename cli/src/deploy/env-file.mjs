// Reads `NAME=value` lines, as of a `.env`. `dotenv` is CommonJS around `require('fs')`, which does not go into one
// ES module, and Node.js has a reader of its own only since 20.12: hence these lines. Pure.

const LINE =
  /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"((?:\\.|[^"\\])*)"\s*(?:#.*)?|'([^']*)'\s*(?:#.*)?|(.*?)\s*(?:\s#.*)?)$/;

/**
 * @param {string} text
 * @returns {Record<string, string>} Quotation marks and what follows ` #` are taken off, and so are the
 *   backslashes of `\n` and `\"` between double ones. All others stay, and nothing is expanded.
 */
export function parseEnvFile(text) {
  const found = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((line) => LINE.exec(line))
    .filter(Boolean)
    .map(([, name, double, single, plain]) => [name, unescaped(double) ?? single ?? plain]);
  return Object.fromEntries(found);
}

function unescaped(text) {
  return text?.replaceAll('\\n', '\n').replaceAll('\\"', '"');
}
