// The table for people and the file for programs.

import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { readPeers } from './peers.mjs';
import { drawCharts, targetOf } from './pictures.mjs';
import { resultsPage } from './results-page.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const file = path.join(root, 'bench', 'results.json');

/**
 * What was measured last, each with its date and machine.
 * @returns {Promise<object[]>} In the order of the report; none if nothing was measured yet.
 */
export async function readResults() {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Prints what was measured and writes it to bench/results.json, in the place of what the same
 * measurements gave before.
 * @param {Array<{name: string, title: string, columns: string[], rows: object[]}>} results A row is
 *   `{what, unit, values}`, a value for each column; with `targets`, a value that each has to be; with
 *   `limit: {column, atMost}` or `{column, atLeast}`, what one of them may be.
 * @param {string[]} order Names of all measurements.
 */
export async function report(results, order) {
  const [{ model }] = os.cpus();
  const machine = { processors: os.cpus().length, model, load: os.loadavg()[0] };
  const fresh = results.map(({ rows, ...result }) => ({
    ...result,
    at: new Date().toISOString(),
    machine,
    rows: rows.map(judge),
  }));
  fresh.forEach(printTable);
  const all = [...fresh, ...(await readResults()).filter(({ name }) => !isIn(fresh, name))];
  all.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
  console.log(`\n${machine.processors} × ${model}, load ${machine.load.toFixed(1)}`);
  console.log('written to bench/results.json');
}

/** Draws the charts and writes bench/results.md anew, from bench/results.json and bench/peers.json alone. */
export async function writePictures() {
  const results = await readResults();
  for (const [name, chart] of drawCharts(results, await readPeers())) {
    await writeFile(path.join(root, 'docs', 'images', name), chart);
  }
  await writeFile(path.join(root, 'bench', 'results.md'), resultsPage(results));
  console.log('drawn in docs/images/, written in bench/results.md');
}

function isIn(results, name) {
  return results.some((result) => result.name === name);
}

/** @returns {object} The row, with a `verdict` where it has a target. */
export function judge(row) {
  const { values, targets, limit } = row;
  if (!targets && !limit) return row;
  const isMet = targets
    ? values.every((value, i) => value === targets[i])
    : isWithin(values[limit.column], limit);
  return { ...row, verdict: isMet ? 'met' : 'missed' };
}

function isWithin(value, { atMost = Infinity, atLeast = -Infinity }) {
  return value <= atMost && value >= atLeast;
}

function printTable({ title, columns, rows }) {
  console.log(`\n${title}`);
  print(['', ...columns, rows.some(({ verdict }) => verdict) ? 'target' : '']);
  for (const row of rows) {
    const { what, unit, values, verdict } = row;
    const label = unit ? `${what}, ${unit}` : what;
    print([label, ...values, verdict ? `${targetOf(row)}: ${verdict}` : '']);
  }
}

function print([label, ...cells]) {
  const last = cells.pop();
  const figures = cells.map((cell) => String(cell).padStart(10));
  console.log(`${label.padEnd(52)}${figures.join('')}   ${last}`.trimEnd());
}
