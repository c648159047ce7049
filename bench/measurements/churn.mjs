// Many instances one after the other: what they take and what they leave. Every variant in a page of its
// own.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare, none } from '../comparison.mjs';
import { shuffled, takeTimes } from '../rounds.mjs';

const MOUNTS = 10_000;

/**
 * Whatever settles late in a page has settled after so many. The browser's garbage collector lets go of
 * functions when it likes, so that the memory grows once to what thousands of mounts need, and then no more.
 */
const WARM_UP = 10_000;

/** The page itself may come and go by a node or two; ten thousand may not. */
const STRAY = 20;

const PAGE_BYTES = 65_536;

export const title = `${MOUNTS.toLocaleString('en')} mounts and unmounts`;

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const taken = await takeTimes(
    Math.ceil(rounds / 3),
    async () => {
      const round = {};
      for (const name of shuffled(NAMES)) round[name] = await measureOne(stage, name);
      return round;
    },
    10_000,
  );
  const times = taken.map((round) =>
    Object.fromEntries(NAMES.map((name) => [name, round[name].ms])),
  );
  const most = (figure) =>
    Object.fromEntries(
      NAMES.map((name) => [name, Math.max(...taken.map((round) => round[name][figure]))]),
    );
  return [
    compare('all of them', 'ms', times, 2),
    none('nodes left', '', most('nodes')),
    none('listeners left', '', most('listeners')),
    none('WebAssembly pages left', '', { ours: most('pages').ours }),
  ];
}

async function measureOne({ browser, bench }, name) {
  const page = await openBenchPage(browser, bench.origin);
  await page.run('churn', name, WARM_UP);
  const before = await page.counters();
  const ms = await page.run('churn', name, MOUNTS);
  const after = await page.counters();
  await page.close();
  const left = (figure) => {
    const more = after[figure] - before[figure];
    return more < STRAY ? 0 : more;
  };
  return {
    ms,
    nodes: left('nodes'),
    listeners: left('listeners'),
    pages: (after.wasm - before.wasm) / PAGE_BYTES,
  };
}
