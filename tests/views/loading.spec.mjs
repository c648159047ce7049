/** When the module is loaded: at once for who sees a component, otherwise when the page is idle. */

import { expect, PROPS, test as base } from './fixtures.mjs';

const test = base.extend({
  /** A page whose idle time the test gives away. */
  page: async ({ page }, use) => {
    await page.addInitScript(() => {
      const waiting = [];
      window.requestIdleCallback = (work) => waiting.push(work);
      window.waiting = waiting;
      window.beIdle = () => void waiting.shift()({ timeRemaining: () => 50 });
    });
    await use(page);
  },
});

const HOST = { ...PROPS, slot: 'host' };
const isBegun = (page) => page.waitForFunction(() => window.waiting.length > 0);
const button = (page) => page.getByRole('button', { name: 'Cobrowse', exact: true });

test('a component that is seen is there without any idle time', async ({ bare }) => {
  await bare.render(PROPS);
  await expect(button(bare.page)).toBeVisible();
  expect(await bare.page.evaluate(() => window.waiting.length)).toBe(0);
});

test('a panel’s host unpacks in idle time alone', async ({ bare }) => {
  await bare.page.evaluate(() => {
    const { compile } = WebAssembly;
    WebAssembly.compile = (bytes) => {
      window.isUnpacked = true;
      return compile(bytes);
    };
  });
  await bare.render(HOST);
  let times = 0;
  while (!(await bare.page.evaluate(() => window.isUnpacked))) {
    await bare.page.waitForFunction(() => window.isUnpacked || window.waiting.length > 0);
    await bare.page.evaluate(() => window.waiting.length > 0 && window.beIdle());
    times += 1;
  }
  // Once to begin, and then for one stretch after the other.
  expect(times).toBeGreaterThan(3);
});

test('a component that is seen hurries what a host has begun', async ({ bare }) => {
  await bare.render(HOST);
  await bare.page.evaluate(() => window.beIdle());
  await isBegun(bare.page);
  await bare.page.evaluate((props) => {
    const place = document.body.appendChild(document.createElement('div'));
    ReactDOM.render(React.createElement(TwilioFlexGlance, props), place);
  }, PROPS);
  await expect(button(bare.page)).toBeVisible();
});
