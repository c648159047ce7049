// From the bytes of the WebAssembly module in memory to a working instance: compiled, instantiated,
// started. The bytes are new to the browser each time.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, row, takeTimes } from '../rounds.mjs';

/** How often one page starts it. */
const STARTS = 8;

const AT_MOST_MS = 3;

export const title = 'WebAssembly bytes in memory to a working instance';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const taken = await takeTimes(rounds, async () => {
    const page = await openBenchPage(stage.browser, stage.bench.origin);
    for (let i = 0; i < STARTS; i += 1) await page.run('firstButton', `ours.mjs?${i}`);
    const times = await page.page.evaluate(() => window.wasm.startMs);
    await page.close();
    return times;
  });
  const first = taken.map(([time]) => time);
  const later = taken.flatMap(([, ...times]) => times);
  return [
    {
      ...row('in a page that has done it before', later, 2),
      limit: { column: 0, atMost: AT_MOST_MS },
    },
    row('the first time in a new page', first, 2),
  ];
}
