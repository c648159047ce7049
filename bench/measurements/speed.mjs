// The component and its twins in one page, in rounds of a random order each.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare } from '../comparison.mjs';
import { median, shuffled, significant, takeTimes } from '../rounds.mjs';

/** The first rounds warm up: the compilers of JavaScript and WebAssembly work by stages. */
const WARM_UP = 10;

/** Quick times are taken so many times as often as slow ones. */
const OFTEN = 6;

/** What the page measures, and the target of its ratio; see README.md for those that are not round. */
const FIGURES = [
  ['mount', 'mount to DOM, warm', 1.3],
  ['update', 'changed props to DOM', 5.1],
  ['same', 'same props', 1.1],
  ['open', 'click to window.open', 5.6],
  ['reaction', 'click to visible reaction', 2],
];

/** In microseconds. */
const MOST_AFTER_CLICK = 1000;

export const title = 'Beside the same views in React 17 and Preact';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const page = await openBenchPage(stage.browser, stage.bench.origin);
  const once = () => page.run('round', shuffled(NAMES));
  await takeTimes(WARM_UP, once);
  const taken = await takeTimes(rounds * OFTEN, once);
  await page.close();
  const rows = FIGURES.map(([figure, what, atMost]) => {
    const times = taken.map((round) =>
      Object.fromEntries(NAMES.map((name) => [name, round[name][figure] * 1000])),
    );
    return compare(what, 'µs', times, atMost);
  });
  return [...rows, openedLater(taken)];
}

/** How much later than React 17's the component's window is opened. */
function openedLater(taken) {
  const later = median(taken.map(({ ours, react }) => (ours.open - react.open) * 1000));
  return {
    what: 'click to window.open, more than React 17',
    unit: 'µs',
    values: [significant(later), ...Array(COLUMNS.length - 1).fill('')],
    limit: { column: 0, atMost: MOST_AFTER_CLICK },
  };
}
