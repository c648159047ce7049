import { expect, test } from './fixtures.mjs';

const visitorId = (page, options) =>
  page.evaluate((given) => FlexGlanceVisitor.visitorId(given), options);

test.describe('A page-made visitor ID', () => {
  test('is one that Glance accepts, and stays over a reload', async ({ shop }) => {
    await shop.open();
    const id = await visitorId(shop.page);
    expect(id).toMatch(/^V[0-9a-f]{32}$/);
    await shop.page.reload();
    expect(await visitorId(shop.page)).toBe(id);
  });

  test('is another one in each browser, and under each name', async ({ shop, browser }) => {
    await shop.open();
    const ids = [await visitorId(shop.page), await visitorId(shop.page, { name: 'other' })];
    const context = await browser.newContext();
    const page = await context.newPage();
    await shop.serve(context);
    await page.goto('http://shop.localhost/');
    ids.push(await visitorId(page));
    await context.close();
    expect(new Set(ids).size).toBe(3);
  });

  test('is kept in a cookie where localStorage is refused', async ({ shop }) => {
    await shop.page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    });
    await shop.open();
    const id = await visitorId(shop.page);
    await shop.page.reload();
    expect(await visitorId(shop.page)).toBe(id);
  });

  test('is kept for the page where nothing can be stored', async ({ shop }) => {
    await shop.open({ sandboxed: true });
    const [first, second] = [await visitorId(shop.page), await visitorId(shop.page)];
    expect(first).toMatch(/^V[0-9a-f]{32}$/);
    expect(second).toBe(first);
  });

  test('is shared by the sub-domains of a cookie’s domain', async ({ shop }) => {
    const options = { cookieDomain: 'shop.localhost' };
    await shop.open();
    const id = await visitorId(shop.page, options);
    await shop.page.goto('http://help.shop.localhost/');
    expect(await visitorId(shop.page, options)).toBe(id);
  });

  test('is made anew on request, and in place of one that Glance would refuse', async ({
    shop,
  }) => {
    await shop.open();
    const first = await visitorId(shop.page);
    const second = await visitorId(shop.page, { renew: true });
    expect(second).not.toBe(first);
    expect(await visitorId(shop.page)).toBe(second);

    await shop.page.evaluate(() => localStorage.setItem('flex-glance-visitor', 'Jenny & Co'));
    expect(await visitorId(shop.page)).toMatch(/^V[0-9a-f]{32}$/);
  });

  test('makes its visitor present, until stop', async ({ shop }) => {
    await shop.open();
    const id = await visitorId(shop.page);
    await shop.page.evaluate(() => {
      const { connectVisitor, visitorId: own } = FlexGlanceVisitor;
      window.changes = [];
      window.connection = connectVisitor(own(), { onchange: (it) => window.changes.push(it) });
    });
    await shop.expectPresent(id);
    await shop.page.evaluate(() => window.connection.stop());
    await shop.expectPresent();
    expect(await shop.page.evaluate(() => window.changes)).toEqual([id, undefined]);
  });
});
