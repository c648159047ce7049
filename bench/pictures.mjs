// What the project's README shows of the results: two charts and the sentences beneath them.

import { SCHEMES, barChart } from './chart.mjs';
import { significant } from './rounds.mjs';

const BEGIN = '<!-- Written by `npm run bench` -->';
const END = '<!-- /bench -->';

/** Rows of the speed chart: measurement, row, and what it is called there. */
const SPEED = [
  ['speed', 'mount to DOM, warm', 'mount, warm'],
  ['speed', 'changed props to DOM', 'changed props'],
  ['speed', 'same props', 'same props'],
  ['speed', 'click to window.open', 'click to window'],
  ['speed', 'click to visible reaction', 'click to visible reaction'],
  ['many', 'update all', 'update 200 instances'],
  ['many', 'JS heap', 'JS heap of 200 instances'],
  ['churn', 'all of them', '10,000 mounts and unmounts'],
  ['cold', 'import to button', 'import to button, cold'],
  ['boot', 'to the desktop', 'Flex starts, with ÷ without it'],
];

/** The scale's end: longer bars are cut. */
const MOST = 3.5;

/**
 * @param {object[]} results As in bench/results.json.
 * @returns {Map<string, string>} The charts by file name, in `docs/images/`.
 */
export function drawCharts(results) {
  const charts = { size: sizeChart(results), speed: speedChart(results) };
  return new Map(
    Object.entries(charts).flatMap(([name, chart]) =>
      SCHEMES.map((scheme) => [`bench-${name}-${scheme}.svg`, barChart(chart, scheme)]),
    ),
  );
}

function sizeChart(results) {
  const { values } = find(results, 'size', 'what a Flex plugin grows by');
  const labels = ['flex-glance', 'the same in React 17', 'the same in Preact'];
  return {
    title: 'What a Flex plugin grows by, in kB gzip',
    note: 'React itself comes with Flex; Preact is in its bar.',
    bars: labels.map((label, i) => ({
      label,
      value: values[i],
      says: `${kilobytes(values[i])} kB`,
      kind: i === 0 ? 'ours' : 'other',
    })),
  };
}

function speedChart(results) {
  const bars = SPEED.map(([measurement, what, label]) => {
    const row = find(results, measurement, what);
    const { value, atMost, isMet } = judged(row);
    return {
      label,
      value,
      says: `${value} (target ≤ ${atMost})${isMet ? '' : ', missed'}`,
      kind: isMet ? 'ours' : 'missed',
      target: atMost,
    };
  });
  return {
    title: 'How many times what the same component takes in plain React 17',
    note: `Shorter is better; the upright line is the target. ${machineOf(results)}.`,
    most: MOST,
    bars,
  };
}

/**
 * The section between the marks of the project's README.
 * @param {object[]} results
 */
export function section(results) {
  const [ours, react] = find(results, 'size', 'what a Flex plugin grows by').values;
  const ratio = (name, what) => judged(find(results, name, what)).value;
  const update = find(results, 'speed', 'changed props to DOM');
  const sentences = [
    `In one file it weighs ${kilobytes(ours)} kB gzip, where the same component in plain React 17 adds ${kilobytes(react)} kB to the React that Flex has.`,
    `Beside that one, in one page, it takes ${ratio('speed', 'mount to DOM, warm')} times as long to mount, ${ratio('speed', 'click to window.open')} times from a click to \`window.open\`, and ${judged(update).value} times, which is ${significant(update.values[0])} microseconds, until changed props are to be seen.`,
    `Measured on ${machineOf(results)}; [bench/README.md](bench/README.md) says how, and \`npm run bench\` measures anew.`,
  ];
  return [
    BEGIN,
    picture('size', 'Bar chart of the sizes'),
    '',
    picture('speed', 'Bar chart of the times, as ratios to plain React 17, with their targets'),
    '',
    sentences.join('\n'),
    END,
  ].join('\n');
}

function picture(name, alt) {
  const file = (scheme) => `docs/images/bench-${name}-${scheme}.svg`;
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${file('dark')}">`,
    `  <img alt="${alt}" src="${file('light')}">`,
    '</picture>',
  ].join('\n');
}

/**
 * @param {string} readme The project's.
 * @returns {string} The same with this section in the place of the old one.
 * @throws {Error} If the marks are not there.
 */
export function replaceSection(readme, written) {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md lacks ${BEGIN} … ${END}.`);
  return readme.slice(0, from) + written + readme.slice(to + END.length);
}

function find(results, name, what) {
  const row = results
    .find((result) => result.name === name)
    ?.rows.find((candidate) => candidate.what === what);
  if (!row)
    throw new Error(`bench/results.json lacks "${what}" of ${name}: run \`npm run bench\`.`);
  return row;
}

function judged({ values, limit, verdict }) {
  return { value: values[limit.column], atMost: limit.atMost, isMet: verdict === 'met' };
}

function machineOf(results) {
  const { at, machine } = results.find(({ name }) => name === 'speed');
  return `${machine.processors} × ${machine.model}, ${at.slice(0, 10)}`;
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
