// docs/compatibility.md, made of what a run has proved.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from './package.mjs';

const FILE = path.join(root, 'docs', 'compatibility.md');

/** Columns of the first table beside those of React's versions. */
export const SUBPATHS = 'every subpath';
export const ELEMENT = '`<flex-glance>`, no React';

/**
 * @param {{table: string, row: string, column: string}[]} cells What works.
 * @param {boolean} write Whether docs/compatibility.md is changed to say so.
 * @throws {Error} If it says something else, and is not changed.
 */
export async function compareDocument(cells, write) {
  const text = compatibility(cells);
  if (write) return writeFile(FILE, text);
  if ((await readFile(FILE, 'utf8')) === text) return;
  throw new Error(
    `docs/compatibility.md does not say what this run has found. Write it with \`npm test -- matrix --write\`:\n\n${text}`,
  );
}

/** @returns {string} The whole document. */
function compatibility(cells) {
  return `# Where it works

<!-- Written by \`npm test -- matrix --write\`, from tests/matrix/table.mjs. -->

\`npm test\` packs the package as npm would publish it, installs it into small projects, builds them, and
clicks **Cobrowse** in Chromium. [browsers.md](browsers.md) has the other browsers.

The React columns have the component twice, with its module inside and as
[a file of its own](external.md), in StrictMode. The last column has one value of each subpath checked in
the page.

${bundlers(cells)}

${others(cells)}
`;
}

function bundlers(cells) {
  const own = cells.filter(({ table }) => table === 'bundlers');
  const names = (part) => Array.from(new Set(own.map((cell) => cell[part])));
  // The oldest React first, whichever was tried first.
  const columns = names('column').sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const has = (row, column) => own.some((cell) => cell.row === row && cell.column === column);
  const rows = names('row').map((row) => [
    row,
    ...columns.map((column) => (has(row, column) ? 'works' : '')),
  ]);
  return table(['', ...columns], rows);
}

function others(cells) {
  const own = cells.filter(({ table }) => table === 'others');
  return table(
    ['', 'What is tried'],
    own.map(({ row, column }) => [row, column]),
  );
}

function rank(column) {
  return [ELEMENT, SUBPATHS].indexOf(column);
}

function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
