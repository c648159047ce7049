// What axe finds in the component.

import { AxeBuilder } from '@axe-core/playwright';

import { expect } from './fixtures.mjs';

/** Fails, and goes on, if axe finds anything wrong in Flex's light theme, or a contrast in its dark one. */
export async function expectNothingFound(agent, state, within = '.flex-glance') {
  const analysis = () => analysisOf(agent.page).include(within);
  await expectNone(analysis(), `${state}, light`, 5);
  await setTheme(agent, { isLight: false });
  await expectNone(analysis().withRules(['color-contrast']), `${state}, dark`, 0);
  await setTheme(agent, { isLight: true });
}

/** An analysis of a page, and of none in its frames. */
export function analysisOf(page) {
  // Otherwise axe opens a page to put together what it found in frames.
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ iframes: false, resultTypes: ['violations'] });
}

/** @param atMost As many rules, or fewer, would mean that there was nothing to look at. */
async function expectNone(axe, state, atMost) {
  const { violations, passes } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  expect.soft(found, state).toEqual([]);
  expect(passes.length, `${state}: rules that had something to look at`).toBeGreaterThan(atMost);
}

/** Changes Flex's theme, as an administrator does, and waits until every component shows it. */
async function setTheme(agent, theme) {
  await agent.page.evaluate(
    (it) => window.Twilio.Flex.Manager.getInstance().updateConfig({ theme: it }),
    theme,
  );
  const roots = agent.page.locator('.flex-glance [data-scheme]');
  const scheme = theme.isLight ? 'light' : 'dark';
  await expect
    .poll(() => roots.evaluateAll((all) => [...new Set(all.map((it) => it.dataset.scheme))]))
    .toEqual([scheme]);
  // Flex fades from one colour to another.
  await expect
    .poll(() =>
      agent.page.evaluate(() => document.getAnimations().some((it) => it.transitionProperty)),
    )
    .toBe(false);
}
