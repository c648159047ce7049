import { analysisOf } from './axe.mjs';
import { Surface } from './surface.mjs';
import { expect, test, Viewer, watchStrangers } from './visitor.mjs';

test.describe('The landing page', () => {
  let strangers;

  test.beforeEach(async ({ sandbox, context }) => {
    await sandbox.control.reset();
    strangers = watchStrangers(context);
  });

  test.afterEach(() => {
    expect(strangers, 'requests that left the machine').toEqual([]);
  });

  test('shows shop and desktop side by side, and its three sentences come true', async ({
    page,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    await page.goto(`${sandbox.origins.landing}/`);
    const shop = page.getByTitle('The shop').contentFrame();
    const desktop = page.getByTitle('The agent’s desktop').contentFrame();
    const sentences = page.getByRole('list').first().getByRole('listitem');
    await expect(sentences).toHaveCount(3);
    for (const text of await sentences.allInnerTexts()) expect(text.trim()).toMatch(/^[A-Z].*\.$/s);
    await expect(shop.getByRole('heading', { level: 1 })).toHaveText('Tea, simply.');
    await expect(desktop.locator('.Twilio-AgentDesktopView-default')).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.locator('#notice')).toBeHidden();
    await expectSideBySide(page);

    // 1: the customer.
    await shop.getByText('Chat with us').click();
    await shop.locator('[name="friendlyName"]').fill('Jenny');
    await shop.getByRole('button', { name: 'Start chat' }).click();
    await shop.getByPlaceholder('Type message').fill('Which tea is good at night?');
    await shop.getByPlaceholder('Type message').press('Enter');
    // 2: the agent.
    await expect(desktop.getByText('Jenny', { exact: true }).first()).toBeVisible();
    await desktop
      .getByRole('button', { name: /accept/i })
      .first()
      .click();
    await expect(desktop.locator('.Twilio-MessageList')).toContainText('good at night');
    await new Surface(desktop.locator('.Twilio-TaskCanvasHeader')).main.click();
    const viewer = new Viewer(desktop.locator('iframe[src*="AgentView.aspx"]').contentFrame());
    // 3: the customer again.
    await shop.getByRole('button', { name: 'Accept' }).click();
    await expect(viewer.title).toHaveText('Tea, simply.');
    await shop.getByRole('link', { name: 'See the teas' }).click();
    await expect(viewer.title).toHaveText('Teas');
    expect(await sandbox.control.unknownCalls()).toEqual([]);
  });

  test('opens each side full size', async ({ page, context, sandbox }) => {
    await openWithoutFlex(page, sandbox);
    const { shop, desktop } = sandbox.origins;
    for (const [name, origin] of [
      ['Open full size the shop', shop],
      ['Open full size the agent’s desktop', desktop],
    ]) {
      const opened = context.waitForEvent('page');
      await page.getByRole('link', { name }).click();
      const other = await opened;
      await expect(other).toHaveURL(`${origin}/`);
      expect(await other.evaluate(() => window.opener)).toBeNull();
    }
  });

  test('turns the scenario’s switches and puts them back', async ({ page, sandbox }) => {
    test.setTimeout(120_000);
    const usual = await scenario(sandbox);
    await openWithoutFlex(page, sandbox);
    await page.getByText('Scenario', { exact: true }).click();
    const reloads = countLoads(page, sandbox.origins.desktop);
    const positions = {
      'Login-key Function': ['slow', 'forbidden', 'error', 'unavailable', 'garbage', 'down'],
      'Login key': [
        'expired',
        'short_lived',
        'long_lived',
        'malformed',
        'plain_user',
        'published',
        'unknown_user',
      ],
      'Pop-ups': ['blocked'],
      'Glance’s viewer': ['never_loads', 'unlisted', 'navigates'],
      'Presence authorization': ['refused', 'silent', 'flaky'],
      'Presence script': ['blocked'],
      'Presence service': ['down'],
      'Desktop’s origin': ['untrusted'],
      'Viewer page’s opener policy': [
        'same-origin',
        'same-origin-allow-popups',
        'noopener-allow-popups',
      ],
      'Glance’s sign-on': ['cookie', 'partitioned_cookie'],
      'Agent’s connection': ['silent', 'old_rejected'],
      'Look-ups': ['silent', 'stale'],
      'Presence Agent': ['connect_throws', 'lookup_throws', 'invoke_throws', 'disconnect_throws'],
      'End of a session': ['lost'],
    };
    const members = ['function', 'login_key', 'popups', 'viewer'];
    members.push('authorization', 'presence_script', 'presence', 'agent_origin');
    members.push('viewer_coop', 'sign_on', 'connection', 'lookup', 'agent_method', 'session_end');
    for (const [i, [label, values]] of Object.entries(positions).entries()) {
      for (const value of values) {
        await page.getByLabel(label).selectOption(value);
        await expect.poll(async () => (await scenario(sandbox))[members[i]]).toBe(value);
      }
    }
    await page.getByLabel('Glance as a whole').selectOption('adversary');
    await page.getByLabel('Adversary’s seed').fill('7');
    await page.getByLabel('Adversary’s seed').press('Tab');
    await expect
      .poll(() => scenario(sandbox))
      .toMatchObject({
        glance: 'adversary',
        glance_seed: 7,
      });
    await expect(page.getByRole('status').filter({ hasText: 'Applied.' })).toBeVisible();
    expect(reloads.count, 'loads of the desktop').toBe(0);

    // These start the desktop again, and lie over one another.
    const again = async (label, value) => {
      const before = reloads.count;
      await page.getByLabel(label).selectOption(value);
      await expect.poll(() => reloads.count).toBe(before + 1);
    };
    await again('Desktop’s opener policy *', 'same-origin');
    await again('Session opens in *', 'tab');
    await again('Flex speaks *', 'es-ES');
    await again('Flex is *', { label: 'dark' });
    expect(await scenario(sandbox)).toMatchObject({
      popups: 'blocked',
      settings: { openlocation: 'tab' },
      flex_config: { language: 'es-ES', theme: { isLight: false } },
    });

    // Whoever opens the page later sees where the switches are, and Flex as they say.
    await page.context().unrouteAll();
    await page.reload();
    await page.getByText('Scenario', { exact: true }).click();
    await expect(page.getByLabel('Pop-ups')).toHaveValue('blocked');
    await expect(page.getByLabel('Flex speaks *')).toHaveValue('es-ES');
    const desktop = page.getByTitle('The agent’s desktop').contentFrame();
    await expect(desktop.getByText('No hay tareas activas')).toBeVisible({ timeout: 45_000 });
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(page.getByText('Everything works again.')).toBeVisible();
    expect(await scenario(sandbox)).toEqual(usual);
    await expect(page.getByLabel('Pop-ups')).toHaveValue('allowed');
    await expect(page.getByLabel('Flex speaks *')).toHaveValue('');
  });

  test('makes the script tag for a site, and says what is wrong', async ({ page, sandbox }) => {
    await openWithoutFlex(page, sandbox);
    await page.getByText('Script tag', { exact: true }).click();
    const form = page.locator('#script-tag');
    const tag = form.getByLabel('Script tag');
    await expect(tag).toContainText('group=20541&amp;site=production" data-groupid="20541"');
    await expect(tag).toContainText('data-presence="api"');

    await form.getByLabel('Cookie domain').fill('example.com');
    await form.getByLabel('Other groups').fill('12346, 12347');
    await form.getByLabel('Ctrl+Enter').selectOption('showTerms');
    await expect(tag).toContainText('data-cookiedomain="example.com"');
    await expect(tag).toContainText('data-additionalgroupids="12346,12347"');
    await expect(tag).toContainText(
      'data-inputevents="{&quot;ctrl-13&quot;:&quot;showTerms&quot;}"',
    );

    await form.getByLabel('Glance group').fill('my group');
    await expect(form.getByRole('status')).toContainText('option "groupid" must be the number');
    await expect(tag).toBeEmpty();
    await expect(form.getByRole('button', { name: 'Copy' })).toBeDisabled();
  });

  test('works by keyboard', async ({ page, sandbox }) => {
    await openWithoutFlex(page, sandbox);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Tab');
    await expect(page.locator('#scenario > summary')).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Login-key Function')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await scenario(sandbox)).function).toBe('slow');
    const reset = page.getByRole('button', { name: 'Reset' });
    const isReached = () => reset.evaluate((button) => button === document.activeElement);
    for (let i = 0; i < 30 && !(await isReached()); i += 1) await page.keyboard.press('Tab');
    await expect(reset).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await scenario(sandbox)).function).toBe('none');
    await page.keyboard.press('Tab');
    await expect(page.locator('#site > summary')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Account' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'All states' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Open full size the shop' })).toBeFocused();

    const divider = page.getByRole('separator', { name: 'Width of the shop' });
    const width = async () => (await page.getByTitle('The shop').boundingBox()).width;
    const before = await width();
    await divider.focus();
    for (const [key, value] of [
      ['ArrowRight', '34'],
      ['End', '70'],
      ['Home', '15'],
    ]) {
      await page.keyboard.press(key);
      await expect(divider).toHaveAttribute('aria-valuenow', value);
    }
    expect(await width()).toBeLessThan(before);
    await page.reload();
    await expect(divider).toHaveAttribute('aria-valuenow', '15');
  });

  test('has no axe findings, light and dark, wide and narrow', async ({ page, sandbox }) => {
    await openWithoutFlex(page, sandbox);
    await page.getByText('Scenario', { exact: true }).click();
    await page.getByText('Script tag', { exact: true }).click();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1400, 600]) {
        await page.setViewportSize({ width, height: 900 });
        // The two frames have tests of their own.
        const axe = analysisOf(page).exclude('#shop').exclude('#desktop');
        const { violations } = await axe.analyze();
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

  test('has a control API that says what it does not know', async ({ sandbox }) => {
    const usual = await scenario(sandbox);
    const refused = async (switches) => {
      const response = await fetch(`${sandbox.origins.landing}/control/scenario`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(switches),
      });
      expect(response.status).toBe(400);
      return response.text();
    };
    const sentence = /^The scenario stays as it is: .+\.\n$/;
    expect(await refused({ weather: 'rain' })).toMatch(sentence);
    expect(await refused({ weather: 'rain' })).toContain('weather');
    expect(await refused({ popups: 'blocked', function: 'tired' })).toContain('tired');
    expect(await refused({ function: 'tired' })).toMatch(sentence);
    expect(await refused({ settings: 'none' })).toMatch(sentence);
    expect(await scenario(sandbox), 'nothing of a refused change counts').toEqual(usual);

    const foreign = await fetch(`${sandbox.origins.landing}/control/scenario`, {
      headers: { origin: 'http://elsewhere.example' },
    });
    expect(foreign.status).toBe(403);
    expect(await foreign.text()).toBe("Only the sandbox's own pages may ask.\n");
    const { control } = sandbox;
    await expect(control.end('WT404', 'accept')).rejects.toThrow('There is no task');
    await expect(control.end('WT404', 'dance')).rejects.toThrow('A task cannot dance');
  });
});

/** Opens the page with an empty desktop, where Flex takes no part in what is tested. */
async function openWithoutFlex(page, sandbox) {
  const { landing, desktop } = sandbox.origins;
  await page.context().route(`${desktop}/`, (route) => route.fulfill({ body: '' }));
  await page.goto(`${landing}/`);
  await expect(page.getByLabel('Pop-ups')).toHaveValue('allowed');
}

function scenario(sandbox) {
  return sandbox.control.call('GET', 'scenario');
}

async function expectSideBySide(page) {
  const shop = await page.getByTitle('The shop').boundingBox();
  const desktop = await page.getByTitle('The agent’s desktop').boundingBox();
  expect(shop.x + shop.width).toBeLessThanOrEqual(desktop.x);
  expect(shop.y).toBe(desktop.y);
  expect(desktop.x + desktop.width).toBeLessThanOrEqual(page.viewportSize().width);
  expect(desktop.width).toBeGreaterThan(700);
}

/** Counts from now on how often a page of `origin` is loaded in a frame. */
function countLoads(page, origin) {
  const loads = { count: 0 };
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.url() === `${origin}/`) loads.count += 1;
  });
  return loads;
}
