// Many instances at once. Every variant in a page of its own.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare } from '../comparison.mjs';
import { median, shuffled, significant, takeTimes } from '../rounds.mjs';

const INSTANCES = 200;

const UPDATES = 15;

export const title = `${INSTANCES} instances at once`;

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const taken = await takeTimes(
    Math.ceil(rounds / 2),
    async () => {
      const round = {};
      for (const name of shuffled(NAMES)) round[name] = await measureOne(stage, name);
      return round;
    },
    30_000,
  );
  const each = (figure) =>
    taken.map((round) => Object.fromEntries(NAMES.map((name) => [name, round[name][figure]])));
  const wasm = significant(median(taken.map(({ ours }) => ours.wasm)));
  return [
    compare('update all', 'ms', each('update'), 1.2),
    compare('JS heap', 'kB', each('heap'), 1),
    { what: 'WebAssembly memory', unit: 'kB', values: [wasm, ...Array(5).fill('–')] },
  ];
}

async function measureOne({ browser, bench }, name) {
  const page = await openBenchPage(browser, bench.origin);
  await page.run('firstButton', name);
  const empty = await page.counters();
  await page.run('mountMany', name, INSTANCES);
  const full = await page.counters();
  const update = median(await page.run('updateMany', UPDATES));
  await page.close();
  return {
    update,
    heap: (full.heap - empty.heap) / 1000,
    wasm: (full.wasm - empty.wasm) / 1000,
  };
}
