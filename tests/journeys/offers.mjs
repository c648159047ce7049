// Tasks that Flex offers to the agent.

import { expect } from '@playwright/test';

/** Accepts a customer's task by Flex's own button, once it is there. */
export async function accept(desktop, name) {
  await expect(desktop.getByText(name, { exact: true }).first()).toBeVisible();
  await desktop
    .getByRole('button', { name: /accept/i })
    .first()
    .click();
}
