// The viewer's frame in Flex may do anything but take Flex's place.

import { expect, test } from './fixtures.mjs';
import { expectWaiting, frame } from './viewers.mjs';

test.describe('The viewer’s frame', () => {
  test('takes the place of Flex neither by itself nor after a click in it', async ({ agent }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.start({ viewer: 'navigates' });
    await agent.page.evaluate(() => (window.isStillFlex = true));
    await agent.select('Ann');
    await agent.button.click();
    const viewer = agent.viewerFrame('ann-1');
    await expect(viewer.locator('body[data-attempts="by-itself"]')).toBeVisible();
    await viewer.getByText('Waiting for the visitor').click();
    await expect(viewer.locator('body[data-attempts="by-itself after-a-click"]')).toBeVisible();
    await expectWaiting(viewer, 'ann-1');
    expect(await agent.page.evaluate(() => window.isStillFlex)).toBe(true);
    expect(new URL(agent.page.url()).origin).toBe(agent.origins.desktop);

    const tokens = (await frame(agent, 'ann-1').getAttribute('sandbox')).split(' ');
    expect(tokens).toEqual(expect.arrayContaining(['allow-scripts', 'allow-same-origin']));
    expect(tokens.filter((token) => token.startsWith('allow-top-navigation'))).toEqual([]);
    expect(await frame(agent, 'ann-1').getAttribute('allow')).not.toContain('clipboard-read');
  });

  for (const viewersandbox of [false, 'none']) {
    test(`has no sandbox where \`viewersandbox\` is ${JSON.stringify(viewersandbox)}`, async ({
      agent,
    }) => {
      await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
      await agent.start({ settings: { viewersandbox } });
      await agent.select('Ann');
      await agent.button.click();
      await expectWaiting(agent.viewerFrame('ann-1'), 'ann-1');
      expect(await frame(agent, 'ann-1').getAttribute('sandbox')).toBeNull();
    });
  }

  test('has the tokens that the author names', async ({ agent }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.start({ settings: { viewersandbox: 'allow-scripts allow-same-origin' } });
    await agent.select('Ann');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('ann-1'), 'ann-1');
    const given = await frame(agent, 'ann-1').getAttribute('sandbox');
    expect(given).toBe('allow-scripts allow-same-origin');
  });
});
