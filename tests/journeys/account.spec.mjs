// The Twilio account: its page, and what Flex makes of it.

import { ACCOUNT_SID, administrator, deploy, PLUGINS, release } from '../account/account.mjs';
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

  test('Flex loads the plugins that are released, and a deployed Function answers them', async ({
    agent,
  }) => {
    await agent.control.account('with_neighbours');
    const done = administrator(`${agent.origins.desktop}/twilio`);
    await releaseOurs(done);
    await agent.start();
    const page = agent.page.locator('html');
    await expect(page).toHaveAttribute('data-plugin-dispositions', '2.4.0');
    await expect(page).toHaveAttribute('data-told', 'Ann, from https://flex.twilio.com');

    const account = await agent.context.newPage();
    await account.goto(`${agent.origins.landing}/account`);
    const released = account.getByRole('region', { name: 'Released' }).getByRole('row');
    await expect(released.getByRole('cell', { name: /^(plugin-.*|ours)$/ })).toHaveText([
      'plugin-dispositions',
      'ours',
    ]);
    await expect(account.getByText('/greet (public)')).toBeVisible();
    await expect(account.getByText('plugin-dialpad 1.0.3')).toBeVisible();
  });
});

/** Releases a private plugin that asks a Function of its own service, in place of one neighbour. */
async function releaseOurs(done) {
  const greet = {
    kind: 'Functions',
    path: '/greet',
    visibility: 'public',
    content: `exports.handler = (context, { name, request }, callback) =>
      callback(null, name + ', from ' + request.headers.origin);`,
  };
  const domain = await deploy(done, 'greetings', [greet]);
  const bundle = {
    kind: 'Assets',
    path: '/bundle.js',
    visibility: 'protected',
    content: `fetch(new Request('https://${domain}/greet', {
      method: 'POST', body: new URLSearchParams({ name: 'Ann' }),
    })).then((answer) => answer.text())
      .then((text) => document.documentElement.setAttribute('data-told', text));`,
  };
  const assets = await deploy(done, 'bundles', [bundle]);
  await done(`POST ${PLUGINS}/Plugins`, { UniqueName: 'ours' });
  const ours = await done(`POST ${PLUGINS}/Plugins/ours/Versions`, {
    Version: '1.0.0',
    PluginUrl: `https://${assets}/bundle.js`,
    Private: true,
  });
  const theirs = await done(`GET ${PLUGINS}/Plugins/plugin-dispositions/Versions/2.4.0`);
  await release(done, [theirs.sid, ours.sid]);
}

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

  test('changes no setting but those that somebody changed, odd as they may be', async ({
    page,
    sandbox,
  }) => {
    await sandbox.control.account('empty');
    const done = administrator(`${sandbox.origins.desktop}/twilio`);
    const odd = {
      group_id: 20541,
      auth_url: 'https://shop.example/getloginkey',
      environment: 'elsewhere',
      language: null,
      host_web: 'one\ntwo',
      policy: {},
    };
    const custom_data = { features: { glance_cobrowse: odd } };
    await done(
      'POST flex-api.twilio.com/v1/Configuration',
      {
        account_sid: ACCOUNT_SID,
        ui_attributes: { version_compatibility: 'yes', custom_data },
      },
      { json: true },
    );
    await page.goto(`${sandbox.origins.landing}/account`);
    await expect(page.getByLabel('environment')).toHaveValue('elsewhere');
    await page.getByLabel('placement').selectOption('panel');
    await page.getByLabel('policy').fill('5');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status')).toContainText('policy: It is no JSON object.');
    await page.getByLabel('policy').fill('{"roles":[]}');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status')).toContainText('Saved.');
    const { ui_attributes } = await done('GET flex-api.twilio.com/v1/Configuration');
    expect(ui_attributes.custom_data.features.glance_cobrowse).toEqual({
      ...odd,
      placement: 'panel',
      policy: { roles: [] },
    });
  });

  test('has no axe findings, light and dark, wide and narrow', async ({ page, sandbox }) => {
    await sandbox.control.account('with_neighbours');
    await page.goto(`${sandbox.origins.landing}/`);
    await page.getByRole('link', { name: 'Account' }).click();
    await expect(page.getByLabel('auth_url')).toBeVisible();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1400, 320]) {
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
