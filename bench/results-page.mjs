// bench/results.md: charts, the sentences beneath them, and every figure.

import { find, judged, kilobytes, takenOn, targetOf } from './pictures.mjs';
import { significant } from './rounds.mjs';

/**
 * @param {object[]} results As in bench/results.json.
 * @returns {string} The whole document.
 */
export function resultsPage(results) {
  return [
    '# Results of the bench',
    '<!-- Written by `npm run bench`. -->',
    '[README.md](README.md) says what each figure means, how it is taken, and why a target is missed.',
    picture('size', 'Bar chart of what a plugin grows by, beside Cobrowse.io’s agent kit'),
    picture('speed', 'Bar chart of the times, as ratios to plain React 17, with their targets'),
    summary(results),
    ...results.map(measurement),
  ]
    .join('\n\n')
    .concat('\n');
}

function picture(name, alt) {
  const file = (scheme) => `../docs/images/bench-${name}-${scheme}.svg`;
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${file('dark')}">`,
    `  <img alt="${alt}" src="${file('light')}">`,
    '</picture>',
  ].join('\n');
}

function summary(results) {
  const [ours] = find(results, 'size', 'what a Flex plugin grows by').values;
  const ratio = (name, what) => judged(find(results, name, what)).value;
  const update = find(results, 'speed', 'changed props to DOM');
  return [
    `In one file the component weighs ${kilobytes(ours)} kB gzip. [peers.json](peers.json) has the versions of Cobrowse.io's agent kit, what is bundled of it, and the command that takes it anew.`,
    `Beside a twin in plain React 17 that draws the same views and decides nothing, in one page, the component takes ${ratio('speed', 'mount to DOM, warm')} times as long to mount, ${ratio('speed', 'click to window.open')} times from a click to \`window.open\`, and ${judged(update).value} times, which is ${significant(update.values[0])} microseconds, until changed props show. [full-twin.md](full-twin.md) has the figures beside a twin that did all that the component does.`,
  ].join('\n');
}

function measurement(result) {
  const { title, columns, rows } = result;
  const hasTargets = rows.some(({ verdict }) => verdict);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const head = ['', ...columns, ...(hasTargets ? ['target'] : [])];
  const body = rows.map((row) => {
    const { what, unit, values, verdict } = row;
    const target = verdict ? `${targetOf(row)}: ${verdict}` : '';
    return line([unit ? `${what}, ${unit}` : what, ...values, ...(hasTargets ? [target] : [])]);
  });
  const [first, ...others] = head.map(() => '---');
  const rule = line([first, ...others.map((dashes) => `${dashes}:`)]);
  return [
    `## ${title}`,
    `Taken on ${takenOn(result)}, at a load of ${result.machine.load.toFixed(1)}.`,
    [line(head), rule, ...body].join('\n'),
  ].join('\n\n');
}
