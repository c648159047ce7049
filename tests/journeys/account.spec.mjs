// The Twilio account: its page, and what Flex makes of it.

import { analysisOf } from './axe.mjs';
import { expect, OWN_FLEX, test } from './fixtures.mjs';

/** The page of the account in a tab of its own. */
async function openAccount(agent) {
  const page = await agent.context.newPage();
  await page.goto(`${agent.origins.landing}/account`);
  await expect(page.getByLabel('group_id')).toHaveValue('20541');
  return page;
}

test.describe('The account', OWN_FLEX, () => {
  test('its form changes a setting, and a desktop that is loaded again has it', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await expect(agent.header.main).toBeVisible();

    const account = await openAccount(agent);
    await account.getByLabel('placement').selectOption('panel');
    await account.getByRole('button', { name: 'Save' }).click();
    await expect(account.getByRole('status')).toContainText('Saved.');
    await account.close();

    await agent.page.reload();
    await agent.select('Alice');
    await expect(agent.panel.main).toBeVisible();
    await expect(agent.header.main).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });

  test('Flex loads the plugins that are released, and the page names them', async ({ agent }) => {
    await agent.control.account('with_neighbours');
    await agent.start();
    const page = agent.page.locator('html');
    await expect(page).toHaveAttribute('data-plugin-dispositions', '2.4.0');
    await expect(page).toHaveAttribute('data-plugin-dialpad', '1.0.3');

    const account = await agent.context.newPage();
    await account.goto(`${agent.origins.landing}/account`);
    const released = account.getByRole('region', { name: 'Released' }).getByRole('row');
    await expect(released.getByRole('cell', { name: /^plugin-/ })).toHaveText([
      'plugin-dispositions',
      'plugin-dialpad',
    ]);
    await expect(account.getByText(/^https:\/\/neighbours-\d{4}\.twil\.io$/)).toBeVisible();
  });
});

test.describe('The account’s page', () => {
  test.beforeEach(({ sandbox }) => sandbox.control.reset());

  test('saves nothing that a setting cannot be, and leads to what is wrong', async ({
    page,
    sandbox,
  }) => {
    await page.goto(`${sandbox.origins.landing}/account`);
    const group = page.getByLabel('group_id');
    await expect(group).toHaveAccessibleDescription(/Glance group ID/);
    await group.fill('');
    await page.getByLabel('policy').fill('{ "roles": ');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status')).toContainText('Nothing is saved');
    await expect(group).toBeFocused();
    await group.fill('12346');
    await group.press('Enter');
    await expect(page.getByLabel('policy')).toBeFocused();
    await page.getByLabel('policy').fill('{ "roles": ["agent"] }');
    await group.press('Enter');
    await expect(page.getByRole('status')).toContainText('Saved.');
    await page.reload();
    await expect(group).toHaveValue('12346');
    await expect(page.getByLabel('policy')).toHaveValue('{"roles":["agent"]}');
  });

  test('has no axe findings, light and dark, wide and narrow', async ({ page, sandbox }) => {
    await sandbox.control.account('with_neighbours');
    await page.goto(`${sandbox.origins.landing}/`);
    await page.getByRole('link', { name: 'Account' }).click();
    await expect(page.getByLabel('auth_url')).toBeVisible();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1400, 400]) {
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await analysisOf(page).analyze();
        const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target)]);
        expect(found, `${colorScheme}, ${width} wide`).toEqual([]);
        const overflows = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth > clientWidth;
        });
        expect(overflows, `scrolls sideways at ${width}`).toBe(false);
      }
    }
  });
});
