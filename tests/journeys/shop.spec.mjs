import { analysisOf } from './axe.mjs';
import { expect, GROUP, test } from './visitor.mjs';

const PAGES = {
  '/': 'Tea, simply.',
  '/teas': 'Teas',
  '/teaware': 'Teaware',
  '/sencha': 'Sencha Asahi',
  '/assam': 'Assam Borpatra',
  '/rooibos': 'Rooibos Cederberg',
  '/kettle': 'Gooseneck kettle',
  '/cup': 'Stoneware cup',
  '/cart': 'Your cart',
  '/checkout': 'Checkout',
  '/account': 'Your account',
  '/no-such-page': 'There is no such page',
};

test.describe('The shop', () => {
  test('carries Glance’s script on every page as documented, without axe findings', async ({
    visitor,
  }) => {
    const { page, origins } = visitor;
    const src = `${origins.glance}/cobrowse/CobrowseJS.ashx?group=${GROUP}&site=production`;
    for (const [path, title] of Object.entries(PAGES)) {
      await visitor.open(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      const script = page.locator('script#glance-cobrowse');
      const attributes = {
        src,
        charset: 'UTF-8',
        'data-groupid': GROUP,
        'data-site': 'production',
        'data-presence': 'api',
      };
      for (const [name, value] of Object.entries(attributes)) {
        await expect(script, `${path} ${name}`).toHaveAttribute(name, value);
      }
      const state = () => window.GLANCE.Cobrowse.Visitor.inSession();
      expect(await page.evaluate(state)).toBe(false);
      expect(await findings(page), `axe on ${path}`).toEqual([]);
    }
  });

  test('sells tea: products, cart, checkout', async ({ visitor }) => {
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('link', { name: 'See the teas' }).click();
    await page.waitForURL('**/teas');
    const item = (name) => page.getByRole('listitem').filter({ hasText: name });
    await item('Sencha Asahi').getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('link', { name: 'Assam Borpatra' }).click();
    await page.waitForURL('**/assam');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('link', { name: 'Cart 2' }).click();
    await expect(page.getByText('Total € 26.40')).toBeVisible();
    await page.getByRole('button', { name: 'One Sencha Asahi more' }).click();
    await expect(page.getByText('Total € 40.90')).toBeVisible();
    await page.getByRole('button', { name: 'One Assam Borpatra less' }).click();
    await expect(item('Assam Borpatra')).toHaveCount(0);
    await expect(page.getByText('Total € 29.00')).toBeVisible();
    expect(await findings(page), 'axe on a full cart').toEqual([]);
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    await page.waitForURL('**/checkout');

    const form = page.locator('#checkout');
    await page.getByRole('button', { name: 'Order' }).click();
    await expect(form.getByLabel('Name')).toBeFocused();
    const fields = {
      Name: 'Jenny',
      Email: 'jenny@example.com',
      'Street and number': 'Lane 1',
      Postcode: '12345',
      City: 'Leeds',
      'Card number': '4000 0000 0000 0000',
      'Valid until': '12/30',
      'Security code': '123',
    };
    for (const [label, value] of Object.entries(fields)) {
      await form.getByLabel(label).fill(value);
    }
    await page.getByRole('button', { name: 'Order' }).click();
    await expect(page.getByRole('heading', { name: 'Thank you.' })).toBeFocused();
    expect(await findings(page), 'axe after the order').toEqual([]);
    await page.getByRole('link', { name: 'Cart', exact: true }).click();
    await expect(page.getByText('It is empty.')).toBeVisible();
  });

  test('has an account page with a password that can be shown', async ({ visitor }) => {
    const { page } = visitor;
    await visitor.open('/account');
    const password = page.getByLabel('Password', { exact: true });
    await page.getByLabel('Email').fill('jenny@example.com');
    await password.fill('secret');
    await expect(password).toHaveAttribute('type', 'password');
    await page.getByLabel('Show password').check();
    await expect(password).toHaveAttribute('type', 'text');
    await page.getByLabel('Show password').uncheck();
    await expect(password).toHaveAttribute('type', 'password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Good to see you.' })).toBeFocused();
    expect(page.url()).not.toContain('secret');
    expect(await findings(page)).toEqual([]);
  });

  test('goes on with a chat on the next page, where it can be shared', async ({ visitor }) => {
    const { page, help } = visitor;
    await visitor.openWithChat('/');
    await visitor.openHelp();
    await expect(help.getByRole('button', { name: 'Share this page' })).toBeHidden();
    await visitor.startChat('Jenny', 'Is the Assam fresh?');
    expect(await findings(page), 'axe in a chat').toEqual([]);
    await visitor.open('/teas');
    await expect(visitor.chat.getByText('Is the Assam fresh?')).toBeVisible();

    await visitor.openHelp();
    await help.getByRole('button', { name: 'Share this page' }).click();
    await expect(visitor.terms).toBeVisible();
    expect(await findings(page), 'axe on the terms').toEqual([]);
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(visitor.endButton).toBeVisible();
    expect(await findings(page), 'axe while sharing').toEqual([]);
    await visitor.endButton.click();
    await expect(page.getByText('You have ended the session.')).toBeVisible();
  });

  test('goes on with a call on the next page, and shows how it stands', async ({
    visitor,
    sandbox,
  }) => {
    const { page, help } = visitor;
    const state = help.getByRole('status');
    await visitor.open('/');
    const asked = page.waitForResponse((response) => response.url().endsWith('/help'));
    await visitor.call('Jenny');
    const { sid: task } = await (await asked).json();
    await expect(state).toContainText('An agent will answer');
    expect(await findings(page), 'axe in a call').toEqual([]);
    await visitor.open('/teas');
    await expect(state).toContainText('An agent will answer');
    await sandbox.control.end(task, 'accept');
    await expect(state).toHaveText('An agent is on the phone with you.');
    await sandbox.control.end(task, 'complete');
    await expect(state).toHaveText('The call has ended.');
    await expect(help.getByRole('button', { name: 'Call us' })).toBeVisible();
  });

  test('is readable in the dark', async ({ visitor }) => {
    await visitor.page.emulateMedia({ colorScheme: 'dark' });
    for (const path of ['/teas', '/checkout', '/account']) {
      await visitor.open(path);
      expect(await findings(visitor.page), `axe on ${path}`).toEqual([]);
    }
  });
});

/** What axe finds, in few words. Flex WebChat is Twilio's own. */
async function findings(page) {
  const axe = analysisOf(page).exclude('#twilio-customer-frame');
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`,
  );
}
