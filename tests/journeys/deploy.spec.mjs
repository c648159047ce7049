// From an empty account to a live viewer: what an administrator types, and what an agent then sees.

import { GIVEN, unpackCommand } from '../cli/deploy-account.mjs';
import { HERE } from './customers.mjs';
import { accept } from './offers.mjs';
import { text } from './texts.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

/** The servers of Glance's stand-in, which a real account has no need to name. */
const hosts = (glance) =>
  ['web', 'cdn', 'presence', 'authorization'].flatMap((name) => [`--host-${name}`, glance]);

test.describe('flex-glance deploy', OWN_FLEX, () => {
  test('brings Cobrowse into an empty account: a chat, a click, and the page is seen live', async ({
    agent,
    visitor,
  }) => {
    const { desktop, glance } = agent.origins;
    await agent.control.account('empty');
    const command = unpackCommand(desktop);
    try {
      const args = ['--yes', '--presence', ...hosts(glance)];
      const { status, stderr } = await command.run(args, { env: GIVEN });
      expect(status, stderr).toBe(0);
      // With the account's own settings, and nothing of a scenario over them.
      await agent.start({ settings: undefined });
      await visitor.openWithChat('/');
      const chat = await visitor.startChat('Jenny');
      await accept(agent.page, 'Jenny');
      await expect(agent.header.status).toHaveText(HERE);
      await agent.button.click();
      await visitor.terms.getByRole('button', { name: 'Accept' }).click();
      await expect(agent.header.status).toHaveText(text('in_session'));
      await expect(new Viewer(agent.viewerFrame(chat)).title).toHaveText('Tea, simply.');

      // Taken back, Flex has nothing of it any more.
      const undone = await command.run(['--undo', '--yes'], { env: GIVEN });
      expect(undone.status, undone.stderr).toBe(0);
      await agent.page.reload();
      await expect(agent.page.getByText('Jenny', { exact: true }).first()).toBeVisible();
      await expect(agent.page.locator('.flex-glance')).toHaveCount(0);
      expect(agent.errors).toEqual([]);
    } finally {
      await command.remove();
    }
  });
});
