// The component and its twins in one page, in rounds of a random order each.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare } from '../comparison.mjs';
import { shuffled, takeTimes } from '../rounds.mjs';

/** The first rounds warm up: the compilers of JavaScript and WebAssembly work by stages. */
const WARM_UP = 10;

/** Quick times are taken so many times as often as slow ones. */
const OFTEN = 6;

/** What the page measures, and the target of its ratio. */
const FIGURES = [
  ['mount', 'mount to DOM, warm', 1.3],
  ['update', 'changed props to DOM', 2],
  ['same', 'same props', 1.1],
  ['open', 'click to window.open', 1],
  ['reaction', 'click to visible reaction', 1.1],
];

export const title = 'Beside the same component in React 17 and Preact';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const page = await openBenchPage(stage.browser, stage.bench.origin);
  const once = () => page.run('round', shuffled(NAMES));
  await takeTimes(WARM_UP, once);
  const taken = await takeTimes(rounds * OFTEN, once);
  await page.close();
  return FIGURES.map(([figure, what, atMost]) => {
    const times = taken.map((round) =>
      Object.fromEntries(NAMES.map((name) => [name, round[name][figure] * 1000])),
    );
    return compare(what, 'µs', times, atMost);
  });
}
