/** What the bench makes of its results: figures, charts, and bench/results.md. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { barChart } from '../../bench/chart.mjs';
import { compare } from '../../bench/comparison.mjs';
import { drawCharts } from '../../bench/pictures.mjs';
import { judge } from '../../bench/report.mjs';
import { resultsPage } from '../../bench/results-page.mjs';
import { median, row, shuffled, significant } from '../../bench/rounds.mjs';

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const results = JSON.parse(read('bench/results.json'));
const peers = JSON.parse(read('bench/peers.json'));

test('the median is the middle of the sorted times, or of the middle two', () => {
  assert.equal(median([10, 9, 1]), 9);
  assert.equal(median([100, 2, 4, 1]), 3);
});

test('a row tells median, fastest, slowest and how many', () => {
  assert.deepEqual(row('x', [3.14, 1, 20], 1).values, [3.1, 1, 20, 3]);
});

test('figures keep three digits that count', () => {
  assert.deepEqual(
    [0.012345, 1.2345, 123.45, 12345.6].map(significant),
    [0.0123, 1.23, 123, 12346],
  );
});

test('a shuffle loses no name', () => {
  assert.deepEqual(shuffled(['a', 'b', 'c']).sort(), ['a', 'b', 'c']);
});

test('a comparison tells medians and judges the median of the ratios', () => {
  const rounds = [
    { ours: 2, react: 1, preact: 4 },
    { ours: 3, react: 2, preact: 5 },
    { ours: 9, react: 3, preact: 6 },
  ];
  const compared = compare('x', 'ms', rounds, 2);
  assert.deepEqual(compared.values, [3, 2, 5, 2, 2, 3]);
  assert.equal(judge(compared).verdict, 'met');
  assert.equal(judge({ ...compared, limit: { column: 3, atMost: 1.9 } }).verdict, 'missed');
});

test('a row without a target is not judged', () => {
  assert.equal(judge({ what: 'x', values: [1] }).verdict, undefined);
});

test('a chart marks targets, cuts bars at its end and escapes words', () => {
  const bar = { label: 'a < b', says: '9 & more', kind: 'missed', target: 1 };
  const width = (value) => {
    const svg = barChart({ title: 't', note: '', most: 2, bars: [{ ...bar, value }] }, 'light');
    assert.match(svg, /a &lt; b/);
    assert.match(svg, /9 &amp; more/);
    assert.match(svg, /stroke-width="2"/);
    return Number(/<rect[^>]* width="([\d.]+)"/.exec(svg)[1]);
  };
  assert.equal(width(9), width(2));
  assert.equal(width(1), width(2) / 2);
});

test('charts and figures in the repository are those of the committed results', () => {
  for (const [name, chart] of drawCharts(results, peers)) {
    assert.equal(read(`docs/images/${name}`), chart, `docs/images/${name}`);
  }
  assert.equal(read('bench/results.md'), resultsPage(results), 'bench/results.md');
});
