import { expect, PROPS, test } from './fixtures.mjs';

const UNREACHABLE = 'The login-key service cannot be reached.';

// Pages put their own in the place of `fetch`, to watch it or to add to it.
test.describe('A page’s own fetch', () => {
  for (const [what, fetch] of [
    ['rejects with a text', () => Promise.reject('offline')],
    ['rejects with nothing', () => Promise.reject()],
    ['throws', () => JSON.parse('{')],
    ['gives no response', () => Promise.resolve({ ok: true, status: 200 })],
    ['gives no promise', () => undefined],
  ]) {
    test(`that ${what} is told as a service that cannot be reached`, async ({ bare }) => {
      const { page } = bare;
      await bare.render(PROPS);
      await expect(page.getByRole('button', { name: /^Cobrowse/ })).toBeVisible();
      await page.evaluate(`window.fetch = ${fetch}`);
      await page.getByRole('button', { name: /^Cobrowse/ }).click();
      await expect(page.getByText(UNREACHABLE)).toBeVisible();
    });
  }
});
