// Many instances at once, and many one after the other. Every variant in a page of its own.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare, none } from '../comparison.mjs';
import { median, shuffled, takeTimes } from '../rounds.mjs';

const INSTANCES = 200;

const UPDATES = 15;

const MOUNTS = 10_000;

/** Whatever settles late in a page has settled after so many. */
const WARM_UP = 2_000;

/** Other parts of the page may come and go by a node or two; ten thousand may not. */
const STRAY = 20;

const PAGE_BYTES = 65_536;

export const title = 'Many instances';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const taken = await takeTimes(Math.ceil(rounds / 3), async () => {
    const round = {};
    for (const name of shuffled(NAMES)) round[name] = await measureOne(stage, name);
    return round;
  });
  const each = (figure) =>
    taken.map((round) => Object.fromEntries(NAMES.map((name) => [name, round[name][figure]])));
  const worst = (figure) =>
    Object.fromEntries(
      NAMES.map((name) => [name, Math.max(...taken.map((round) => round[name][figure]))]),
    );
  return [
    compare(`${INSTANCES} instances: update all`, 'ms', each('update'), 1.2),
    compare(`${INSTANCES} instances: JS heap`, 'kB', each('heap'), 1),
    {
      what: `${INSTANCES} instances: WebAssembly memory`,
      unit: 'kB',
      values: [median(taken.map(({ ours }) => ours.wasm)), '–', '–', '', '', ''],
    },
    compare('10,000 mounts and unmounts', 'ms', each('churn'), 2),
    none('nodes left', '', worst('nodes')),
    none('listeners left', '', worst('listeners')),
    none('WebAssembly pages left', '', { ours: worst('pages').ours }),
  ];
}

async function measureOne({ browser, bench }, name) {
  const page = await openBenchPage(browser, bench.origin);
  await page.run('mountMany', name, INSTANCES);
  await page.run('unmountMany');
  const empty = await page.counters();
  await page.run('mountMany', name, INSTANCES);
  const full = await page.counters();
  const update = median(await page.run('updateMany', UPDATES));
  await page.run('unmountMany');

  await page.run('churn', name, WARM_UP);
  const before = await page.counters();
  const churn = await page.run('churn', name, MOUNTS);
  const after = await page.counters();
  await page.close();
  const left = (figure) => {
    const more = after[figure] - before[figure];
    return Math.abs(more) < STRAY ? 0 : more;
  };
  return {
    update,
    heap: (full.heap - empty.heap) / 1000,
    wasm: (full.wasm - empty.wasm) / 1000,
    churn,
    nodes: left('nodes'),
    listeners: left('listeners'),
    pages: (after.wasm - before.wasm) / PAGE_BYTES,
  };
}
