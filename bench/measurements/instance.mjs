// From the bytes of the WebAssembly module in memory to a working instance: compiled, instantiated,
// started, and the first component mounted. Beside it, what the browser takes to compile the same bytes and no
// more. The bytes are new to the browser each time.

import { openBenchPage } from '../bench-page.mjs';
import { median, rounded, takeTimes } from '../rounds.mjs';

/** How often one page starts it. */
const STARTS = 8;

const AT_MOST = 1.5;

export const title = 'WebAssembly bytes in memory to a working instance';

export const columns = ['ours', 'compile only', 'ratio', 'rounds'];

export async function measure(stage, { rounds }) {
  const taken = await takeTimes(rounds, async () => {
    const page = await openBenchPage(stage.browser, stage.bench.origin);
    await page.page.evaluate(() => (window.wasm.comparesCompiling = true));
    for (let i = 0; i < STARTS; i += 1) await page.run('firstButton', `ours.mjs?${i}`);
    const { startMs, compileMs } = await page.page.evaluate(() => window.wasm);
    await page.close();
    return startMs.map((start, i) => ({ start, compile: compileMs[i] }));
  });
  const later = taken.flatMap(([, ...times]) => times);
  return [
    { ...row('in a page that has done it before', later), limit: { column: 2, atMost: AT_MOST } },
    row(
      'the first time in a new page',
      taken.map(([first]) => first),
    ),
  ];
}

function row(what, times) {
  const of = (figure) => rounded(median(times.map((it) => it[figure])), 2);
  const ratio = rounded(median(times.map(({ start, compile }) => start / compile)), 2);
  return { what, unit: 'ms', values: [of('start'), of('compile'), ratio, times.length] };
}
