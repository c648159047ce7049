// The table for people and the file for programs.

import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const file = path.join(path.dirname(fileURLToPath(import.meta.url)), 'results.json');

/**
 * Prints what was measured and writes it to bench/results.json.
 * @param {Array<{name: string, title: string, columns: string[], rows: object[]}>} results A row is
 *   `{what, unit, values}`, a value for each column, and `targets` where there are such.
 */
export async function report(results) {
  const judged = results.map((result) => ({ ...result, rows: result.rows.map(judge) }));
  for (const { title, columns, rows } of judged) {
    console.log(`\n${title}`);
    print(['', ...columns, rows.some(({ targets }) => targets) ? 'target' : '']);
    for (const { what, unit, values, targets, verdict } of rows) {
      const label = unit ? `${what}, ${unit}` : what;
      print([label, ...values, verdict ? `${[...new Set(targets)].join(' / ')}: ${verdict}` : '']);
    }
  }
  const [{ model }] = os.cpus();
  const machine = { processors: os.cpus().length, model, load: os.loadavg()[0] };
  await writeFile(
    file,
    `${JSON.stringify({ at: new Date(), machine, results: judged }, null, 2)}\n`,
  );
  console.log('\nwritten to bench/results.json');
}

function judge(row) {
  if (!row.targets) return row;
  const isMet = row.values.every((value, i) => value === row.targets[i]);
  return { ...row, verdict: isMet ? 'met' : 'missed' };
}

function print([label, ...cells]) {
  const last = cells.pop();
  const figures = cells.map((cell) => String(cell).padStart(10));
  console.log(`${label.padEnd(52)}${figures.join('')}   ${last}`.trimEnd());
}
