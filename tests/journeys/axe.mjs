// What axe finds in the component.

import { AxeBuilder } from '@axe-core/playwright';

import { expect } from './fixtures.mjs';

/** Fails, and goes on, if axe finds anything wrong. */
export async function expectNothingFound(agent, state) {
  const axe = new AxeBuilder({ page: agent.page })
    .include('.flex-glance')
    .options({ iframes: false });
  const { violations, passes } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  expect.soft(found, state).toEqual([]);
  expect(passes.length, 'rules that had something to look at').toBeGreaterThan(5);
}
