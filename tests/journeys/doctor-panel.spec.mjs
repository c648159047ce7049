import { expectNothingFound } from './axe.mjs';
import { ADMIN, ALICE, SETTINGS, faults, setProps, start } from './doctor-desktop.mjs';
import { alter, refuseWebAssembly } from './doctor-faults.mjs';
import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { anyOf, text } from './texts.mjs';

// The sandbox's own, see sandbox/src/common/account.rs.
const API_KEY = 'sandbox-glance-api-key';

const found = (errors, warnings) => text('doctor_found', { errors, warnings });

test.describe('The doctor’s panel', () => {
  test(
    'opens and closes by keyboard for an administrator, and gives the focus back',
    OWN_FLEX,
    async ({ agent }) => {
      await start(agent, { scenario: { function: 'error' } });
      const { button } = agent.doctor;
      await agent.header.button('have_key').focus();
      await agent.page.keyboard.press('Tab');
      await expect(button).toBeFocused();
      await agent.page.keyboard.press('Enter');

      const { panel } = agent.doctor;
      await expect(panel.title).toBeFocused();
      await expect(panel.status).toHaveText(found(1, 0));
      const [first] = await panel.findings.all();
      await expect(first).toContainText('Variables of the Function');
      await expect(first).toContainText(text('doctor_error'));
      await expect(first).toContainText(text('doctor_fix'));
      await expect(panel.root.getByText('Group ID', { exact: true })).toBeHidden();
      await panel.group('doctor_oks').click();
      await expect(panel.root.getByText('Group ID', { exact: true })).toBeVisible();

      await agent.control.scenario({ function: 'none' });
      await panel.button('doctor_again').click();
      await expect(panel.status).toHaveText(text('doctor_all_well'));
      await agent.page.keyboard.press('Escape');
      await expect(panel.root).toHaveCount(0);
      await expect(button).toBeFocused();
      expect(agent.errors).toEqual([]);
    },
  );

  test('is not offered to an agent, but with debugmode it is', OWN_FLEX, async ({ agent }) => {
    await agent.control.task('Alice', ALICE);
    await agent.start({ plugin: 'forms', settings: SETTINGS });
    await agent.select('Alice');
    await expect(agent.button).toBeVisible();
    const { button } = agent.doctor;
    await expect(button).toHaveCount(0);
    await setProps(agent, '() => ({ debugmode: true })');
    await expect(button).toBeVisible();
    await setProps(agent, '() => ({ debugmode: false })');
    await expect(button).toHaveCount(0);
  });

  test('is not there where the author passes no doctor', OWN_FLEX, async ({ agent }) => {
    await agent.control.task('Alice', ALICE);
    await agent.start({ ...ADMIN, settings: { ...SETTINGS, with_doctor: false } });
    await agent.select('Alice');
    await expect(agent.button).toBeVisible();
    await expect(agent.doctor.button).toHaveCount(0);
    expect(await agent.page.evaluate(() => window.flexGlance)).toBeUndefined();
  });

  test('opens where WebAssembly is refused, and says so', OWN_FLEX, async ({ agent }) => {
    await start(agent, { before: () => agent.context.addInitScript(refuseWebAssembly) });
    await agent.doctor.button.click();
    const { panel } = agent.doctor;
    await expect(panel.status).toHaveText(found(1, 0));
    await expect(panel.findings.first()).toContainText('refuses to compile WebAssembly');
  });

  for (const [popups, told] of [
    ['allowed', text('doctor_all_well')],
    ['blocked', found(1, 0)],
  ]) {
    test(`tries pop-ups only when asked to, ${popups}`, async ({ agent }) => {
      await start(agent, { scenario: { popups }, settings: { openlocation: 'tab' } });
      await agent.doctor.button.click();
      const { panel } = agent.doctor;
      await expect(panel.status).toHaveText(text('doctor_all_well'));
      await expect(panel.finding('browser.popups')).toContainText('Not tried');
      expect(agent.context.pages()).toHaveLength(1);
      await panel.button('doctor_popups').click();
      await expect(panel.finding('browser.popups')).not.toContainText('Not tried');
      await expect(panel.status).toHaveText(told);
      expect(agent.context.pages()).toHaveLength(1);
    });
  }

  test(
    'copies a report without secrets, and neither shows nor logs one',
    OWN_FLEX,
    async ({ agent }) => {
      const log = [];
      agent.context.on('console', (message) => log.push(message.text()));
      const keys = new Set();
      agent.context.on('response', async (response) => {
        if (!response.url().endsWith('/getloginkey') || response.request().method() !== 'POST')
          return;
        const reply = await response.json().catch(() => ({}));
        if (reply.loginKey) keys.add(reply.loginKey);
      });
      // The machine's clipboard is not the tests'.
      await agent.context.addInitScript(() => {
        const writeText = async (text) => (window.copied = text);
        Object.defineProperty(navigator.clipboard, 'writeText', { value: writeText });
      });
      // A Function that sends back whatever it was sent.
      const echo = ({ json }, request) => {
        const sent = new URLSearchParams(request.postData());
        json.partnerUserId = `${sent.get('Token')} ${json.loginKey}`;
      };
      await start(agent, { before: () => alter(agent, echo) });
      await agent.doctor.button.click();
      const { panel } = agent.doctor;
      await expect(panel.status).toHaveText(anyOf(['doctor_found']));
      await panel.button('doctor_copy').click();
      await expect(panel.status).toHaveText(text('doctor_copied'));
      const report = await agent.page.evaluate(() => window.copied);
      expect(faults(JSON.parse(report)).map(({ check }) => check)).toEqual(['identity.match']);

      const shown = await agent.page
        .locator('.flex-glance-doctor')
        .evaluate((host) => host.shadowRoot.innerHTML);
      const token = await agent.page.evaluate(
        () => JSON.parse(localStorage.getItem('TWILIO_FLEX_SSO')).token,
      );
      expect(token.length).toBeGreaterThan(20);
      expect(keys.size).toBeGreaterThan(0);
      for (const secret of [token, API_KEY, ...keys]) {
        const parts = [secret, encodeURIComponent(secret), secret.slice(-20)];
        for (const part of parts) {
          expect(report).not.toContain(part);
          expect(shown).not.toContain(part);
          expect(log.join('\n')).not.toContain(part);
        }
      }
    },
  );

  test('says what to do where no component is on the page', async ({ agent }) => {
    await start(agent);
    await agent.page.evaluate(() => window.glanceRegistration.end());
    await expect(agent.button).toHaveCount(0);
    await agent.page.evaluate(() => window.flexGlance.open());
    const { panel } = agent.doctor;
    await expect(panel.findings).toHaveCount(1);
    await expect(panel.findings).toContainText('No component on this page has the prop doctor');
    await expect(panel.findings).toContainText('select a task so that the component is shown');
    // Nothing else closes it: its registration is taken back already.
    await agent.page.keyboard.press('Escape');
    await expect(panel.root).toBeHidden();
  });

  test('closes when its registration is taken back', async ({ agent }) => {
    await start(agent);
    await agent.doctor.button.click();
    const { panel } = agent.doctor;
    await expect(panel.root).toBeVisible();
    await agent.page.evaluate(() => window.glanceRegistration.end());
    await expect(panel.root).toHaveCount(0);
  });

  test('has nothing for axe to find and fits, wide and narrow, light and dark', async ({
    agent,
  }) => {
    await start(agent, {
      scenario: { function: 'error' },
      settings: { openlocation: 'tab' },
      attributes: {},
    });
    await agent.doctor.button.click();
    const { panel } = agent.doctor;
    await expect(panel.status).toHaveText(found(1, 1));
    await panel.group('doctor_oks').click();
    for (const size of [
      { width: 1400, height: 900 },
      { width: 400, height: 640 },
    ]) {
      await agent.page.setViewportSize(size);
      await expectNothingFound(agent, `${size.width} wide`, '.flex-glance-doctor');
      const { x, y, width, height } = await panel.root.boundingBox();
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(size.width);
      expect(y + height).toBeLessThanOrEqual(size.height);
      const spills = await panel.root.evaluate((dialog) =>
        [...dialog.querySelectorAll('*')].filter((it) => it.scrollWidth > dialog.clientWidth),
      );
      expect(spills).toEqual([]);
    }
  });

  test('speaks Spanish, and the author’s words', OWN_FLEX, async ({ agent }) => {
    await start(agent, {
      scenario: { flex_config: { language: 'es-ES' } },
      settings: { strings: { doctor_open: text('doctor_open'), doctor_title: 'Diagnóstico' } },
    });
    await agent.doctor.button.click();
    const panel = agent.page.getByRole('dialog', { name: 'Diagnóstico' });
    await expect(panel.getByRole('button', { name: text('doctor_copy', {}, 'es') })).toBeVisible();
    await expect(panel.getByRole('status')).toHaveText(text('doctor_all_well', {}, 'es'));
  });
});
