// Whether the twins are what they are taken for: the same elements as the component.

import { openBenchPage } from '../bench-page.mjs';
import { NAMES } from '../comparison.mjs';
import { VARIANTS } from '../variants.mjs';

export const title = 'Views that a twin draws as the component does';

export const columns = VARIANTS.slice(1).map(({ title: twin }) => twin);

export async function measure({ browser, bench }) {
  const [ours, ...twins] = NAMES;
  const inPage = async (...call) => {
    const page = await openBenchPage(browser, bench.origin);
    const seen = await page.run(...call);
    await page.close();
    return seen;
  };
  const compare = async (what, expected, see) => {
    const values = [];
    for (const [i, twin] of twins.entries()) {
      const found = await see(twin);
      const same = [...expected].filter(([state, html]) => {
        if (found[state] === html) return true;
        tellDifference(`${columns[i]}, ${state}`, html, found[state]);
        return false;
      });
      values.push(same.length);
    }
    return { what, unit: '', values, targets: values.map(() => expected.size) };
  };

  const rows = [];
  for (const slot of ['header', 'panel']) {
    const drawn = await inPage('drawn', twins[0], slot);
    const walked = (await inPage('views', slot)).filter(([, view]) => view?.slot === slot);
    const recorded = new Map(walked.map(([state, { html }]) => [state, html]));
    const expected = new Map(drawn.map(([state]) => [state, recorded.get(state)]));
    const see = async (twin) => Object.fromEntries(await inPage('drawn', twin, slot));
    rows.push(await compare(`of ${expected.size} recorded in the ${slot}`, expected, see));
  }
  const expected = new Map(Object.entries(await inPage('driven', ours)));
  const see = (twin) => inPage('driven', twin);
  rows.push(await compare(`of ${expected.size} that the bench comes to`, expected, see));
  return rows;
}

/** From the first tag that is not the same. */
function tellDifference(what, expected, actual) {
  const [wanted, found] = [expected, actual].map((html) => `${html}`.split(/(?=<)/));
  const at = wanted.findIndex((tag, i) => tag !== found[i]);
  const near = (tags) => tags.slice(at, at + 2).join('');
  console.log(`${what}: ${near(found)} in place of ${near(wanted)}`);
}
