// A busy desktop: one task among many changes ten times a second. Every variant in a page of its own.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare } from '../comparison.mjs';
import { openDevtools } from '../desktop.mjs';
import { shuffled, takeTimes } from '../rounds.mjs';

const TASKS = 50;

const CHANGES = 20;

export const title = `${TASKS} tasks, one changes ten times a second`;

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const taken = await takeTimes(
    Math.ceil(rounds / 2),
    async () => {
      const round = {};
      for (const name of shuffled(NAMES)) round[name] = await measureOne(stage, name);
      return round;
    },
    40_000,
  );
  return [compare('main thread, for each change', 'ms', taken, 1.5)];
}

async function measureOne({ browser, bench }, name) {
  const page = await openBenchPage(browser, bench.origin);
  const devtools = await openDevtools(page.page);
  await page.run('mountMany', name, TASKS);
  // The compilers have seen it by then.
  await page.run('changeOne', CHANGES);
  const before = await devtools.taskMs();
  await page.run('changeOne', CHANGES);
  const spent = (await devtools.taskMs()) - before;
  await page.close();
  return spent / CHANGES;
}
