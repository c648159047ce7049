// The plugin that ships, as administrators set it in Flex's hosted configuration.

import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { setWorkerAttributes } from './worker.mjs';

const ALICE = { glance_visitor_id: 'alice-1' };
const CANARY = 'canary-7f3a';
const ADMIN = { agent_role: 'admin' };

const overrides = (glance_cobrowse) => ({
  config_overrides: { features: { glance_cobrowse } },
});

/** Starts Flex with Alice's task in view; answers what the browser's console says. */
async function start(agent, scenario = {}) {
  const log = [];
  agent.context.on('console', (message) => log.push(message.text()));
  await agent.control.task('Alice', ALICE);
  await agent.start(scenario);
  await agent.select('Alice');
  return log;
}

async function everythingShown(agent) {
  const shown = await agent.page
    .locator('.flex-glance')
    .evaluateAll((hosts) => hosts.map((host) => host.shadowRoot.innerHTML).join());
  return shown + (await agent.page.locator('body').innerText());
}

test.describe('The plugin that ships', OWN_FLEX, () => {
  test('a fresh configuration is enough: a click opens the viewer', async ({ agent }) => {
    await start(agent);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.viewerFrame('alice-1').locator('body')).toBeVisible();
    expect(agent.errors).toEqual([]);
  });

  for (const [placement, header, panel] of [
    ['panel', 0, 1],
    ['both', 1, 1],
  ]) {
    test(`placement ${placement} is where it says`, async ({ agent }) => {
      await start(agent, { features: { placement } });
      await expect(agent.panel.main).toHaveCount(panel);
      await expect(agent.header.main).toHaveCount(header);
    });
  }

  test('switched off there is nothing of it, and a worker who has it on finds it', async ({
    agent,
  }) => {
    await start(agent, { features: { enabled: false } });
    await expect(agent.page.locator('.flex-glance')).toHaveCount(0);
    await setWorkerAttributes(agent, overrides({ enabled: true }));
    await agent.control.task('Bob');
    await agent.select('Bob');
    await agent.select('Alice');
    await expect(agent.button).toBeVisible();
  });

  test('a worker’s own setting counts where workers may have one', async ({ agent }) => {
    await start(agent, { worker_attributes: overrides({ open_location: 'tab', language: 'es' }) });
    const opened = agent.context.waitForEvent('page');
    await agent.button.click();
    await opened;
    await expect(agent.header.status).toHaveText('Visor abierto');
  });

  test('a worker’s own address, group and host do not count, which administrators read', async ({
    agent,
  }) => {
    const mine = { auth_url: `https://${CANARY}.example/`, group_id: 1, host_web: CANARY };
    await start(agent, { ...ADMIN, worker_attributes: overrides(mine) });
    await expect(agent.header.alert.getByRole('paragraph')).toHaveText([
      text('settings_wrong'),
      ...Object.keys(mine).map((name) => text('setting_worker', { name })),
    ]);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(await everythingShown(agent)).not.toContain(CANARY);
  });

  test('what another plugin puts of a worker’s own into Flex’s configuration opens no way round', async ({
    agent,
  }) => {
    await start(agent);
    await agent.page.evaluate((canary) => {
      const features = { glance_cobrowse: { auth_url: `https://${canary}.example/` } };
      window.Twilio.Flex.Manager.getInstance().updateConfig({ custom_data: { features } });
    }, CANARY);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
  });

  test('of a wrong setting an agent reads one sentence, and Flex goes on', async ({ agent }) => {
    await start(agent, { features: { group_id: 'x', auth_url: null, hosts: 'x' } });
    await expect(agent.header.status).toHaveText(text('not_set_up_quiet'));
    await expect(agent.header.alert).toHaveCount(0);
    await expect(agent.button).toHaveAttribute('aria-disabled', 'true');
    await agent.control.task('Bob');
    await agent.select('Bob');
    expect(agent.errors).toEqual([]);
  });

  test('an administrator reads which settings are wrong, by their names, and so does the doctor', async ({
    agent,
  }) => {
    const features = { group_id: 'x', auth_url: null, environment: 'live', groupid: 1 };
    await start(agent, { ...ADMIN, features });
    const wrong = (name, expected) =>
      text('setting_wrong', { name, given: 'a string', expected: text(`expected_${expected}`) });
    await expect(agent.header.alert.getByRole('paragraph')).toHaveText([
      text('settings_wrong'),
      text('setting_unknown', { name: 'groupid' }),
      wrong('group_id', 'groupid'),
      text('setting_missing', { name: 'auth_url', expected: text('expected_authurl') }),
      wrong('environment', 'environment'),
    ]);
    await agent.doctor.button.click();
    const { root: panel } = agent.doctor.panel;
    await expect(panel).toContainText('There is no setting groupid');
    await expect(panel).toContainText('environment is "live".');
    await expect(panel).toContainText('Set auth_url to the https address');
  });

  test('a member that looks like a secret is refused by its name, and its value is nowhere', async ({
    agent,
  }) => {
    const log = await start(agent, { ...ADMIN, features: { glance_api_key: CANARY } });
    const refusal = text('setting_secret', { name: 'glance_api_key' });
    await expect(agent.header.alert).toContainText(refusal);
    await agent.doctor.button.click();
    await expect(agent.doctor.panel.root).toContainText(
      'glance_api_key in the settings looks like',
    );
    expect(await everythingShown(agent)).not.toContain(CANARY);
    expect(log.join('\n')).not.toContain(CANARY);
  });

  test('a worker’s settings that change while Flex runs count, and an open viewer stays', async ({
    agent,
  }) => {
    await start(agent);
    await agent.button.click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    const frame = agent.viewerFrame('alice-1');
    await frame.locator('body').evaluate((body) => (body.dataset.same = 'yes'));

    await setWorkerAttributes(agent, overrides({ open_location: 'window', language: 'es' }));
    await expect(agent.header.status).toHaveText('Visor abierto');
    await expect(frame.locator('body[data-same]')).toBeVisible();

    await setWorkerAttributes(agent, overrides({ enabled: false }));
    await expect(agent.button).toHaveCount(0);
    await expect(agent.page.locator('iframe[src*="SessionKey"]')).toHaveCount(0);
  });
});
