// A viewer whose page sends Cross-Origin-Opener-Policy is open, and out of Flex's reach.

import { invoke, meet, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, opened, watchViewers, windows } from './viewers.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

test.describe('A viewer that cuts itself off from Flex', () => {
  test.setTimeout(90_000);

  for (const viewer_coop of ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups']) {
    test(`by "${viewer_coop}" counts as open, and no click opens a second one`, async ({
      agent,
    }) => {
      const sid = await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
      await agent.start({ viewer_coop, settings: { openlocation: 'tab' } });
      const viewers = watchViewers(agent);
      await agent.select('Ann');
      const viewer = await opened(agent, () => agent.button.click());
      await expectWaiting(viewer, 'ann-1');
      await expect(agent.header.status).toHaveText(text('viewer_in_tab'));

      await agent.button.click({ force: true });
      expect(await invoke(agent, 'GlanceStartSession', { sid })).toBe('');
      await expect(agent.header.status).toHaveText(text('viewer_in_tab'));
      expect(windows(agent)).toEqual([viewer]);
      expect(viewers).toHaveLength(1);

      // The agent may say that it is gone, or open it again.
      const second = await opened(agent, () => agent.header.button('open_again').click());
      await expectWaiting(second, 'ann-1');
      await expect(agent.header.status).toHaveText(text('viewer_in_tab'));
      await agent.header.button('dismiss').click();
      await expectReady(agent);
      expect(agent.errors).toEqual([]);
    });
  }

  test(
    'says nothing of the agent having left when the customer ends',
    OWN_FLEX,
    async ({ agent, visitor }) => {
      const ann = newId('ann');
      await agent.control.task('Ann', { glance_visitor_id: ann });
      await agent.start({
        plugin: 'forms',
        viewer_coop: 'same-origin',
        settings: { form: 'header', ...PRESENCE, openlocation: 'window' },
      });
      await meet(agent, visitor, 'Ann', ann);
      const viewer = await opened(agent, () => agent.button.click());
      await visitor.terms.getByRole('button', { name: 'Accept' }).click();
      await expect(new Viewer(viewer).title).toHaveText('Tea, simply.');
      await expect(agent.header.status).toHaveText(text('in_session'));
      await visitor.endButton.click();
      await expect.poll(() => agent.page.evaluate(() => window.glanceSessions.length)).toBe(2);
      const [, [, ended]] = await agent.page.evaluate(() => window.glanceSessions);
      expect(ended.reason).toBe('ended');
      expect(windows(agent)).toEqual([viewer]);
    },
  );
});
