import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { mainName, text } from './texts.mjs';
import {
  expectReady,
  expectWaiting,
  noteOpenings,
  opened,
  parameters,
  watchViewers,
  windows,
} from './viewers.mjs';

/** The key requests and CORS preflights of Flex's page from now on. */
async function watchKeyRequests(agent) {
  const seen = { keys: [], preflights: [] };
  agent.page.on('request', (request) => {
    if (request.url().startsWith(agent.origins.function)) seen.keys.push(request);
  });
  // Playwright does not tell of preflights.
  const devtools = await agent.context.newCDPSession(agent.page);
  devtools.on('Network.requestWillBeSent', ({ request }) => {
    if (request.method === 'OPTIONS') seen.preflights.push(request.url);
  });
  await devtools.send('Network.enable');
  return seen;
}

test.describe('Viewer in a tab or window', () => {
  for (const openlocation of ['tab', 'window']) {
    test(
      `openlocation "${openlocation}": one click opens it, cut off from Flex`,
      OWN_FLEX,
      async ({ agent }) => {
        await agent.context.addInitScript(noteOpenings);
        await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
        await agent.start({ settings: { openlocation } });
        const viewers = watchViewers(agent);
        const { keys, preflights } = await watchKeyRequests(agent);
        await agent.page.clock.install();
        await agent.select('Alice');
        const viewer = await opened(agent, () => agent.button.click());
        await expectWaiting(viewer, 'alice-1');
        await expect(agent.header.status).toHaveText(text('viewer_open'));
        expect(await agent.page.evaluate(() => window.openings)).toEqual(['in the click']);

        // The address.
        expect(viewers).toHaveLength(1);
        const sent = parameters(viewers[0].url());
        expect(sent).toEqual({
          SessionKey: 'alice-1',
          Wait: '1',
          partnerid: expect.stringMatching(/^\d+$/),
          partneruserid: expect.stringMatching(/./),
          loginkey: expect.stringMatching(/^\$1\$\d{10}\$[\w-]{43}$/),
        });
        expect(new URL(viewers[0].url()).origin).toBe(agent.origins.glance);

        // The viewer does not learn where it was opened, and cannot send Flex elsewhere.
        expect(await viewers[0].headerValue('referer')).toBeNull();
        expect(await viewer.evaluate(() => document.referrer)).toBe('');
        expect(await viewer.evaluate(sendOpenerElsewhere)).toBe('SecurityError');
        const isOwnSize = viewer.viewportSize().width !== agent.page.viewportSize().width;
        expect(isOwnSize).toBe(openlocation === 'window');

        // The key request.
        expect(keys).toHaveLength(1);
        expect(keys[0].method()).toBe('POST');
        expect(await keys[0].headerValue('content-type')).toMatch(
          /^application\/x-www-form-urlencoded\b/,
        );
        const form = Object.fromEntries(new URLSearchParams(keys[0].postData()));
        expect(form).toEqual({
          Token: expect.stringMatching(/./),
          partneruserid: sent.partneruserid,
        });
        // Preflights are told in order: had the key request caused one, it would come first.
        const probe = `${keys[0].url()}?probe`;
        await agent.page.evaluate(
          (url) => fetch(url, { headers: { 'x-own': '1' } }).catch(() => {}),
          probe,
        );
        await expect.poll(() => preflights).toEqual([probe]);

        // A second click.
        await expect(agent.button).toHaveAccessibleName(mainName('bring_to_front'));
        await agent.button.click();
        await expect(agent.header.status).toHaveText(text('viewer_open'));
        expect(windows(agent)).toEqual([viewer]);
        expect(viewers).toHaveLength(1);

        // Closed in Flex, opened again, closed by the agent.
        const closed = viewer.waitForEvent('close');
        await agent.header.button('close_viewer').click();
        await closed;
        await expectReady(agent);
        const again = await opened(agent, () => agent.button.click());
        await expectWaiting(again, 'alice-1');
        // Flex has looked at the window and found it open.
        await agent.page.clock.runFor(1_000);
        await again.close();
        await expectReady(agent);
        expect(viewers).toHaveLength(2);
        expect(agent.errors).toEqual([]);
      },
    );
  }

  test('while the key is on its way a blank window waits, and Cancel closes it', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ function: 'slow', settings: { openlocation: 'tab' } });
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    const blank = await opened(agent, () => agent.button.click());
    await expect(agent.header.status).toHaveText(text('getting_key'));
    await expect(blank.getByText(text('loading'))).toBeVisible();
    expect(blank.url()).toBe('about:blank');

    const closed = blank.waitForEvent('close');
    await agent.header.button('cancel').click();
    await closed;
    await expectReady(agent);

    // Closing the blank window says the same.
    const next = await opened(agent, () => agent.button.click());
    await expect(agent.header.status).toHaveText(text('getting_key'));
    await next.close();
    await expectReady(agent);

    await agent.control.scenario({ function: 'none' });
    await expectWaiting(await opened(agent, () => agent.button.click()), 'alice-1');
    expect(viewers).toHaveLength(1);
  });

  test('a key that fails closes the blank window and says why in Flex', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ function: 'error', settings: { openlocation: 'tab' } });
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    const blank = await opened(agent, () => agent.button.click());
    if (!blank.isClosed()) await blank.waitForEvent('close');
    const alert = agent.header.alert;
    await expect(alert).toContainText(text('failed_fault', { status: 500 }));
    expect(viewers).toHaveLength(0);

    await agent.control.scenario({ function: 'none' });
    const viewer = await opened(agent, () => agent.header.message.button('try_again').click());
    await expectWaiting(viewer, 'alice-1');
    await expect(alert).toHaveCount(0);
    expect(windows(agent)).toEqual([viewer]);
  });

  test('a blocked pop-up leaves a link that opens the viewer', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ popups: 'blocked', settings: { openlocation: 'window' } });
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    await agent.button.click();
    const alert = agent.header.alert;
    await expect(alert).toContainText(text('blocked'));
    expect(windows(agent)).toEqual([]);

    const viewer = await opened(agent, () => agent.header.message.link('open_viewer').click());
    await expectWaiting(viewer, 'alice-1');
    expect(await viewer.evaluate(() => window.opener)).toBeNull();
    expect(await viewer.evaluate(() => document.referrer)).toBe('');
    expect(viewers).toHaveLength(1);
    await expect(agent.header.status).toHaveText(text('viewer_in_tab'));
    await expect(alert).toHaveCount(0);
    await agent.header.button('dismiss').click();
    await expectReady(agent);
  });

  test(
    'after Flex was reloaded the task tells of the session, and a click opens its viewer again',
    OWN_FLEX,
    async ({ agent }) => {
      await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
      await agent.start({ settings: { openlocation: 'tab' } });
      await agent.select('Alice');
      await expectWaiting(await opened(agent, () => agent.button.click()), 'alice-1');

      await agent.page.reload();
      await agent.select('Alice');
      await expect(agent.header.status).toHaveText(text('not_certain'));
      await agent.button.click();
      await expect(agent.header.status).toHaveText(text('viewer_open'));
      await expectWaiting(windows(agent).at(-1), 'alice-1');
      const open = windows(agent).length;
      await agent.header.button('close_viewer').click();
      await expect.poll(() => windows(agent).length).toBe(open - 1);
      await expectReady(agent);
      expect(agent.errors).toEqual([]);
    },
  );
});

/** Tries what a page does that wants to replace the one behind it. */
function sendOpenerElsewhere() {
  try {
    window.opener.top.location = 'about:blank';
    return 'sent elsewhere';
  } catch (error) {
    return error.name;
  }
}
