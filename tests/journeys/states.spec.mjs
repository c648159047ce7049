import { readFile } from 'node:fs/promises';

import { analysisOf } from './axe.mjs';
import { expect, test, watchStrangers } from './visitor.mjs';

const views = new URL('../../www/states/views.json', import.meta.url);
const recorded = JSON.parse(await readFile(views, 'utf8'));
/** How many figures each state has: three in each slot. */
const figures = new Map(
  recorded.map(({ name, ...slots }) => [name, 3 * Object.keys(slots).length]),
);

test.describe('The page of all states', () => {
  let strangers;
  let faults;

  test.beforeEach(async ({ page, context, sandbox }) => {
    strangers = watchStrangers(context);
    faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${sandbox.origins.landing}/states`);
    await expect(states(page)).toHaveCount(recorded.length);
  });

  test.afterEach(() => {
    expect(faults, 'errors of the page').toEqual([]);
    expect(strangers, 'requests that left the machine').toEqual([]);
  });

  test('is linked from the landing page', async ({ page, context, sandbox }) => {
    const { landing, desktop, shop } = sandbox.origins;
    for (const frame of [desktop, shop]) {
      await context.route(`${frame}/`, (route) => route.fulfill({ body: '' }));
    }
    await page.goto(`${landing}/`);
    await page.getByRole('link', { name: 'All states' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('All states of the component');
    await expect(states(page)).toHaveCount(recorded.length);
  });

  test('draws every recorded state light, dark and narrow', async ({ page }) => {
    const drawn = await states(page).evaluateAll((sections) =>
      sections.map((section) => [
        section.querySelector('h2').textContent.toLowerCase(),
        Array.from(
          section.querySelectorAll('.view'),
          ({ shadowRoot }) => shadowRoot.querySelector('button').getBoundingClientRect().height > 0,
        ).filter(Boolean).length,
      ]),
    );
    expect(drawn).toEqual([...figures].map(([name, count]) => [name.toLowerCase(), count]));
    const dark = page.locator('figure.dark .view').getByRole('region').first();
    await expect(dark).toHaveAttribute('data-scheme', 'dark');
  });

  test('shows messages and forms in their place, inside of their frames', async ({ page }) => {
    const open = page.locator('.view [data-open]');
    expect(await open.count()).toBeGreaterThan(10);
    for (const width of [1400, 1000, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflowing(page), `${width} wide`).toEqual([]);
    }
  });

  test('finds states by their names and words', async ({ page }) => {
    const filter = page.getByRole('searchbox', { name: 'Filter by name or words' });
    const status = page.getByRole('navigation').getByRole('status');
    await expect(status).toHaveText(`${recorded.length} states`);
    await filter.fill('window is BLOCKED');
    await expect(status).toHaveText(`1 of ${recorded.length} states`);
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(['The window is blocked']);
    await filter.fill('you may ask again');
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Customer declined']);
    await filter.fill('no such words');
    await expect(status).toHaveText(`0 of ${recorded.length} states`);
    await filter.fill('');
    await page
      .getByRole('navigation')
      .getByRole('link', { name: 'In session', exact: true })
      .click();
    await expect(page.getByRole('heading', { name: 'In session', exact: true })).toBeInViewport();
  });

  test('has no axe findings, light and dark', async ({ page }) => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const axe = analysisOf(page);
      // A state is drawn several times over, with the same name.
      const { violations } = await axe.disableRules(['landmark-unique']).analyze();
      const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target)]);
      expect(found, colorScheme).toEqual([]);
    }
  });
});

function states(page) {
  return page.locator('#states > section');
}

/** Figures with something that reaches out of them, and the page itself if it scrolls sideways. */
function overflowing(page) {
  return page.evaluate(() => {
    const isWider = (figure) => {
      const { left, right, bottom } = figure.getBoundingClientRect();
      return Array.from(figure.querySelector('.view').shadowRoot.querySelectorAll('*')).some(
        (it) => {
          // Words for screen readers alone are cut off on purpose.
          if (getComputedStyle(it).clipPath !== 'none') return false;
          const box = it.getBoundingClientRect();
          return box.width > 0 && (box.left < left || box.right > right || box.bottom > bottom);
        },
      );
    };
    const wide = [...document.querySelectorAll('figure')].filter(isWider);
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...wide.map((it) => `${it.parentElement.id}: ${it.innerText}`),
      ...(scrollWidth > clientWidth ? ['the page'] : []),
    ];
  });
}
