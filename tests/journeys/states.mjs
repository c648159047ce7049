// Each state that an agent can see, one leading to the next on one page.

import { expect } from './fixtures.mjs';

/** The scenario that the walk starts from: window.open is refused, as by a pop-up blocker. */
export const WALK_SCENARIO = { popups: 'blocked' };

/** The walk's tasks: one with a visitor, one without. */
export async function routeTasks(agent) {
  await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
  await agent.control.task('Bob');
}

/** `[name, how to come there from the state before]`. */
export const STATES = [
  [
    'no visitor',
    async (agent) => {
      await agent.select('Bob');
      await expect(agent.header.getByRole('status')).toContainText('names no visitor');
    },
  ],
  [
    'key form',
    async (agent) => {
      await agent.button.click();
      await expect(agent.header.getByRole('textbox', { name: 'Session key' })).toBeFocused();
    },
  ],
  [
    'key refused',
    async (agent) => {
      await agent.header.getByRole('textbox', { name: 'Session key' }).fill('no/key');
      await agent.header.getByRole('button', { name: 'Join' }).click();
      await expect(agent.header.getByRole('alert')).toContainText('not “/”');
    },
  ],
  [
    'ready',
    async (agent) => {
      await agent.page.keyboard.press('Escape');
      await agent.select('Alice');
      await expect(agent.header.getByRole('button')).toHaveText(['Cobrowse', 'Have a key?']);
    },
  ],
  [
    'getting the key',
    async (agent) => {
      await agent.control.scenario({ function: 'slow' });
      await agent.button.click();
      await expect(agent.header.getByRole('status')).toHaveText('Getting the login key…');
    },
  ],
  [
    'failed',
    async (agent) => {
      await agent.control.scenario({ function: 'error' });
      // Whoever looked at the state before for more than ten seconds finds that it timed out.
      await agent.header.getByRole('button', { name: /^(Cancel|Dismiss)$/ }).click();
      await agent.button.click();
      await expect(agent.header.getByRole('alert')).toContainText('has a fault (status 500)');
    },
  ],
  [
    'open in the panel',
    async (agent) => {
      await agent.control.scenario({ function: 'none' });
      await agent.header.getByRole('button', { name: 'Try again', exact: true }).click();
      await expect(agent.header.getByRole('status')).toHaveText('Viewer open');
    },
  ],
  [
    'blocked',
    async (agent) => {
      await agent.panel.getByRole('button', { name: 'Open in a tab' }).click();
      await expect(agent.header.getByRole('link', { name: 'Open the viewer' })).toBeVisible();
    },
  ],
  [
    'open in a tab by link',
    async (agent) => {
      const opened = agent.context.waitForEvent('page');
      await agent.header.getByRole('link', { name: 'Open the viewer' }).click();
      await opened;
      await expect(agent.header.getByRole('status')).toHaveText('Viewer open in another tab');
    },
  ],
  [
    'open in a tab',
    async (agent) => {
      await agent.header.getByRole('button', { name: 'Dismiss' }).click();
      await letPopupsOpen(agent);
      await agent.button.click();
      await expect(agent.header.getByRole('status')).toHaveText('Viewer open');
      const opened = agent.context.waitForEvent('page');
      await agent.panel.getByRole('button', { name: 'Open in a tab' }).click();
      await opened;
      await expect(agent.panel.getByRole('button', { name: 'Open in a tab' })).toBeHidden();
      await expect(agent.header.getByRole('status')).toHaveText('Viewer open');
    },
  ],
];

/** Ends the scenario's pop-up blocker, of which an open desktop hears a moment later. */
async function letPopupsOpen(agent) {
  await agent.control.scenario({ popups: 'allowed' });
  const opens = () => {
    const opened = window.open('about:blank');
    opened?.close();
    return Boolean(opened);
  };
  await expect.poll(() => agent.page.evaluate(opens)).toBe(true);
}
