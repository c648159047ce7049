// Whether the twins are what they are taken for: the same elements in every state.

import { openBenchPage } from '../bench-page.mjs';
import { NAMES } from '../comparison.mjs';
import { VARIANTS } from '../variants.mjs';

export const title = 'States in which a twin shows the same elements as the component';

export const columns = VARIANTS.slice(1).map(({ title: twin }) => twin);

export async function measure({ browser, bench }) {
  const [ours, ...twins] = await Promise.all(
    NAMES.map(async (name) => {
      const page = await openBenchPage(browser, bench.origin);
      const outlines = await page.run('outlines', name);
      await page.close();
      return outlines;
    }),
  );
  const same = twins.map(
    (twin) => ours.filter(([, elements], i) => elements === twin[i][1]).length,
  );
  twins.forEach((twin, of) =>
    ours.forEach(([state, elements], i) => {
      if (elements !== twin[i][1]) tellDifference(columns[of], state, elements, twin[i][1]);
    }),
  );
  const targets = twins.map(() => ours.length);
  return [{ what: `of ${ours.length} states`, unit: '', values: same, targets }];
}

/** The first line that is not the same. */
function tellDifference(twin, state, expected, actual) {
  const [wanted, found] = [expected, actual].map((text) => text.split('\n'));
  const at = wanted.findIndex((line, i) => line !== found[i]);
  const near = (lines) =>
    lines
      .slice(Math.max(at - 2, 0), at + 2)
      .join('')
      .trim();
  console.log(`${twin}, ${state}: ${near(found)} in place of ${near(wanted)}`);
}
