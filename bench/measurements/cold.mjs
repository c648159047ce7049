// From the import to the button, in a page that has never seen the component.

import { openBenchPage } from '../bench-page.mjs';
import { COLUMNS, NAMES, compare } from '../comparison.mjs';
import { median, shuffled, significant, takeTimes } from '../rounds.mjs';

export const title = 'Cold: a fresh browser context each time';

export const columns = COLUMNS;

export async function measure(stage, { rounds }) {
  const unpacking = [];
  const once = async () => {
    const round = {};
    for (const name of shuffled(NAMES)) {
      const page = await openBenchPage(stage.browser, stage.bench.origin);
      round[name] = await page.run('firstButton', name);
      unpacking.push(...(await page.page.evaluate(() => window.wasm.unpackMs)));
      await page.close();
    }
    return round;
  };
  const taken = await takeTimes(rounds * 2, once, 20_000);
  const unpack = significant(median(unpacking));
  return [
    compare('import to button', 'ms', taken, 2),
    { what: 'of that, unpacking', unit: 'ms', values: [unpack, ...Array(5).fill('–')] },
  ];
}
