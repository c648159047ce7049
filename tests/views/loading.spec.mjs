/**
 * When the module is loaded: at once for who sees a component, otherwise when the page is idle; and what
 * is said where it cannot be unpacked.
 */

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
const words = (page) => page.getByRole('status');
const REFUSED = 'Cobrowse cannot run here: this page or browser refuses WebAssembly.';

/** What the console says once the component could not start. */
const reported = (page) =>
  page
    .waitForEvent('console', (message) => message.text().includes('could not start'))
    .then((message) => message.text());

const button = (page) => page.getByRole('button', { name: 'Cobrowse', exact: true });

test('a component that is seen is there without any idle time', async ({ bare }) => {
  await bare.render(PROPS);
  await expect(button(bare.page)).toBeVisible();
  expect(await bare.page.evaluate(() => window.waiting.length)).toBe(0);
});

test('a panel’s host loads nothing until the page is idle', async ({ bare }) => {
  await bare.page.evaluate(() => {
    const { compile } = WebAssembly;
    WebAssembly.compile = (bytes) => {
      window.isLoaded = true;
      return compile(bytes);
    };
  });
  await bare.render(HOST);
  await isBegun(bare.page);
  expect(await bare.page.evaluate(() => window.isLoaded)).toBeUndefined();
  await bare.page.evaluate(() => window.beIdle());
  await bare.page.waitForFunction(() => window.isLoaded);
});

test('a component that is seen does not wait with a host for idle time', async ({ bare }) => {
  await bare.render(HOST);
  await isBegun(bare.page);
  await bare.page.evaluate((props) => {
    const place = document.body.appendChild(document.createElement('div'));
    ReactDOM.render(React.createElement(TwilioFlexGlance, props), place);
  }, PROPS);
  await expect(button(bare.page)).toBeVisible();
  expect(await bare.page.evaluate(() => window.waiting.length)).toBe(1);
});

test.describe('A module that cannot be unpacked', () => {
  test('in a browser without DecompressionStream gives the words and Try again', async ({
    bare,
  }) => {
    await bare.page.evaluate(() => {
      window.kept = window.DecompressionStream;
      delete window.DecompressionStream;
    });
    const said = reported(bare.page);
    await bare.render(PROPS);
    await expect(words(bare.page)).toHaveText(REFUSED);
    expect(await said).toContain('this browser has no DecompressionStream. Update the browser.');
    await bare.page.evaluate(() => (window.DecompressionStream = window.kept));
    await bare.page.getByRole('button', { name: 'Try again' }).click();
    await expect(button(bare.page)).toBeVisible();
  });

  const DAMAGES = {
    'cut off': (base64) => base64.slice(0, base64.length / 2),
    overwritten: (base64) => base64.replace(/^.{4000}/, 'A'.repeat(4000)),
    'no base64': (base64) => base64.replace(/^.{4}/, '!'.repeat(4)),
  };
  for (const [damage, change] of Object.entries(DAMAGES)) {
    test(`since it is ${damage} gives the words`, async ({ bare, bundle }) => {
      const { page } = bare;
      await page.route('**/bundle.js', (route) => {
        const body = bundle.replace(/[\w+/]{10000,}=*/, change);
        return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body });
      });
      await page.reload();
      const said = reported(page);
      await bare.render(PROPS);
      await expect(words(page)).toHaveText(REFUSED);
      expect(await said).toContain('its WebAssembly is damaged. Install the package again.');
    });
  }
});
