// Each state that an agent can see, one leading to the next on one page.

import { expect } from './fixtures.mjs';
import { text } from './texts.mjs';

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
      await expect(agent.header.status).toContainText(text('no_visitor'));
    },
  ],
  [
    'key form',
    async (agent) => {
      await agent.button.click();
      await expect(agent.header.keyForm.field).toBeFocused();
    },
  ],
  [
    'key refused',
    async (agent) => {
      await agent.header.keyForm.field.fill('no/key');
      await agent.header.keyForm.join.click();
      await expect(agent.header.alert).toContainText(text('key_character', { character: '/' }));
    },
  ],
  [
    'ready',
    async (agent) => {
      await agent.page.keyboard.press('Escape');
      await agent.select('Alice');
      await expect(agent.header.buttons).toHaveText([text('cobrowse'), text('have_key')]);
    },
  ],
  [
    'getting the key',
    async (agent) => {
      await agent.control.scenario({ function: 'slow' });
      await agent.button.click();
      await expect(agent.header.status).toHaveText(text('getting_key'));
    },
  ],
  [
    'failed',
    async (agent) => {
      await agent.control.scenario({ function: 'error' });
      // Whoever looked at the state before for more than ten seconds finds that it timed out.
      await agent.header.button('cancel', 'dismiss').click();
      await agent.button.click();
      await expect(agent.header.alert).toContainText(text('failed_fault', { status: 500 }));
    },
  ],
  [
    'open in the panel',
    async (agent) => {
      await agent.control.scenario({ function: 'none' });
      await agent.header.button('try_again').click();
      await expect(agent.header.status).toHaveText(text('viewer_open'));
    },
  ],
  [
    'blocked',
    async (agent) => {
      await agent.panel.button('open_in_tab').click();
      await expect(agent.header.link('open_viewer')).toBeVisible();
    },
  ],
  [
    'open in a tab by link',
    async (agent) => {
      const opened = agent.context.waitForEvent('page');
      await agent.header.link('open_viewer').click();
      await opened;
      await expect(agent.header.status).toHaveText(text('viewer_in_tab'));
    },
  ],
  [
    'open in a tab',
    async (agent) => {
      await agent.header.button('dismiss').click();
      await letPopupsOpen(agent);
      await agent.button.click();
      await expect(agent.header.status).toHaveText(text('viewer_open'));
      const opened = agent.context.waitForEvent('page');
      await agent.panel.button('open_in_tab').click();
      await opened;
      await expect(agent.panel.button('open_in_tab')).toBeHidden();
      await expect(agent.header.status).toHaveText(text('viewer_open'));
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
