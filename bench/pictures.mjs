// The charts of bench/results.md.

import { SCHEMES, barChart } from './chart.mjs';

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
const MOST = 6;

/**
 * @param {object[]} results As in bench/results.json.
 * @param {object} peers As in bench/peers.json.
 * @returns {Map<string, string>} The charts by file name, in `docs/images/`.
 */
export function drawCharts(results, peers) {
  const charts = { size: sizeChart(results, peers), speed: speedChart(results) };
  return new Map(
    Object.entries(charts).flatMap(([name, chart]) =>
      SCHEMES.map((scheme) => [`bench-${name}-${scheme}.svg`, barChart(chart, scheme)]),
    ),
  );
}

function sizeChart(results, { packages, bundles }) {
  const [ours] = find(results, 'size', 'what a Flex plugin grows by').values;
  const sizes = [
    { title: 'flex-glance', gzip: ours, kind: 'ours' },
    ...bundles.map((bundle) => ({ ...bundle, kind: 'other' })),
  ];
  const bars = sizes.map(({ title, gzip, kind }) => ({
    label: title,
    value: gzip,
    says: `${kilobytes(gzip)} kB`,
    kind,
  }));
  const { 'cobrowse-agent-sdk': sdk, 'cobrowse-agent-ui': ui } = packages;
  return {
    title: 'What a plugin grows by, in kB gzip',
    note: `Without React. Cobrowse.io's kit (SDK ${sdk}, UI ${ui}) needs React 19, and does other things as well.`,
    bars,
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
    title: 'How many times what the same views take in plain React 17',
    note: `Shorter is better; the upright line is the target. ${machineOf(results)}.`,
    most: MOST,
    bars,
  };
}

/** @returns {object} One row of one measurement. */
export function find(results, name, what) {
  const row = results
    .find((result) => result.name === name)
    ?.rows.find((candidate) => candidate.what === what);
  if (!row)
    throw new Error(`bench/results.json lacks "${what}" of ${name}: run \`npm run bench\`.`);
  return row;
}

/** What a row with a limit is judged by. */
export function judged({ values, limit, verdict }) {
  return { value: values[limit.column], atMost: limit.atMost, isMet: verdict === 'met' };
}

/** What a row has to reach, in words. */
export function targetOf({ targets, limit }) {
  if (targets) return [...new Set(targets)].join(' / ');
  return limit.atMost === undefined ? `≥ ${limit.atLeast}` : `≤ ${limit.atMost}`;
}

function machineOf(results) {
  return takenOn(results.find(({ name }) => name === 'speed'));
}

/** Where and when a measurement was taken. */
export function takenOn({ at, machine }) {
  return `${machine.processors} × ${machine.model}, ${at.slice(0, 10)}`;
}

export function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
