import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { Surface } from './surface.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, frame, opened, watchViewers } from './viewers.mjs';

/** Starts Flex with the test plugin, which registers the component in this form. */
async function startForm(agent, form, settings = {}) {
  await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
  await agent.start({ plugin: 'forms', settings: { form, ...settings } });
}

test.describe('Ways to put the component into Flex', OWN_FLEX, () => {
  test('the bare header form opens the viewer in the panel', async ({ agent }) => {
    await startForm(agent, 'header');
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(agent.panel.status).toHaveText(text('viewer_open'));
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(agent.context.pages()).toHaveLength(1);

    // The panel stays through what remounts the header.
    await agent.page.evaluate(() =>
      Twilio.Flex.Actions.invokeAction('SelectTask', { sid: undefined }),
    );
    await expect(agent.header.root).toHaveCount(0);
    await agent.select('Alice');
    await expect(frame(agent, 'alice-1')).toBeVisible();
    await agent.panel.button('close_viewer').click();
    await expect(agent.panel.root).toHaveCount(0);
    await expectReady(agent);
    expect(viewers).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });

  test('where another plugin owns the panel it opens a tab and names the line to add', async ({
    agent,
  }) => {
    await startForm(agent, 'header-and-other-panel');
    await agent.select('Alice');
    const tab = await opened(agent, () => agent.button.click());
    await expectWaiting(tab, 'alice-1');
    const alert = agent.header.alert;
    await expect(alert).toContainText(text('without_panel'));
    await expect(agent.page.getByText("Another plugin's panel")).toBeVisible();
    await agent.header.message.button('dismiss').click();
    await expect(alert).toHaveCount(0);
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    const closed = tab.waitForEvent('close');
    await agent.header.button('close_viewer').click();
    await closed;
    await expectReady(agent);
    expect(agent.errors).toEqual([]);
  });

  for (const form of ['panel', 'register-panel']) {
    test(`the panel alone ("${form}") has the button and shows the viewer`, async ({ agent }) => {
      await startForm(agent, form);
      const viewers = watchViewers(agent);
      await expect(agent.panel.status).toHaveText(text('no_task'));
      await agent.select('Alice');
      await agent.panel.button('cobrowse').click();
      await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
      await expect(frame(agent, 'alice-1')).toBeVisible();
      await expect(agent.panel.status).toHaveText(text('viewer_open'));
      await expect(agent.header.root).toHaveCount(0);
      await agent.panel.button('close_viewer').click();
      await expect(frame(agent, 'alice-1')).toHaveCount(0);
      await expect(agent.panel.button('have_key')).toBeVisible();
      expect(viewers).toHaveLength(1);
      expect(agent.errors).toEqual([]);
    });
  }

  test('header and panel together show one session', async ({ agent }) => {
    await startForm(agent, 'header-and-panel');
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    await expect(agent.panel.root).toHaveCount(1);
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    for (const place of [agent.header, agent.panel]) {
      await expect(place.status).toHaveText(text('viewer_open'));
    }
    await expect(frame(agent, 'alice-1')).toHaveCount(1);
    await agent.panel.button('close_viewer').click();
    await expectReady(agent);
    await agent.panel.button('cobrowse').click();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    expect(viewers).toHaveLength(2);
    expect(agent.errors).toEqual([]);
  });

  test('registered and taken back it shows nothing, and Flex works', async ({ agent }) => {
    await startForm(agent, 'unregistered');
    await agent.select('Alice');
    const canvas = agent.page.locator('.Twilio-TaskCanvasHeader');
    await expect(canvas.getByRole('heading', { name: 'Alice' })).toBeVisible();
    await expect(agent.page.locator('.Twilio-CRMContainer')).toBeVisible();
    await canvas.getByRole('button', { name: 'End' }).click();
    await canvas.getByRole('button', { name: 'Complete' }).click();
    await expect(canvas).toHaveCount(0);
    await expect(new Surface(agent.page).root).toHaveCount(0);
    await expect(agent.page.locator('.flex-glance')).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });

  test('"opentype" means the same as "openlocation"', async ({ agent }) => {
    await startForm(agent, 'header', { openlocation: null, opentype: 'tab' });
    await agent.select('Alice');
    const tab = await opened(agent, () => agent.button.click());
    await expectWaiting(tab, 'alice-1');
    await expect(agent.header.alert).toHaveCount(0);
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    expect(agent.errors).toEqual([]);
  });
});
