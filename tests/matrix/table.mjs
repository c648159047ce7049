// The README's compatibility table, made of what a run has proved.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from './package.mjs';

const BEGIN = '<!-- Written by `npm test -- matrix --write`. -->';
const END = '<!-- End of what is written. -->';

/** Columns of the first table beside those of React's versions. */
export const SUBPATHS = 'every subpath';
export const ELEMENT = '`<flex-glance>`, no React';

/**
 * @param {{table: string, row: string, column: string}[]} cells What works.
 * @param {boolean} write Whether the README is changed to say so.
 * @throws {Error} If it says something else, and is not changed.
 */
export async function compareReadme(cells, write) {
  const readme = path.join(root, 'README.md');
  const text = await readFile(readme, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md lacks ${BEGIN} … ${END}.`);
  const block = `${BEGIN}\n\n${bundlers(cells)}\n\n${others(cells)}\n\n`;
  if (text.slice(begin, end) === block) return;
  if (!write) {
    throw new Error(
      `The compatibility table of README.md does not say what this run has found. Write it with \`npm test -- matrix --write\`:\n\n${block}`,
    );
  }
  await writeFile(readme, text.slice(0, begin) + block + text.slice(end));
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
