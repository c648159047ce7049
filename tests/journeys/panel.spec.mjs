import { expect, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, frame, opened, parameters, watchViewers } from './viewers.mjs';

/** Shows or hides Flex's second panel, as a plugin can. */
function showPanel(agent, showPanel2) {
  return agent.page.evaluate(
    (componentProps) => Twilio.Flex.Manager.getInstance().updateConfig({ componentProps }),
    { AgentDesktopView: { showPanel2 } },
  );
}

const crm = (agent) => agent.page.locator('.Twilio-CRMContainer');

/** Left, top, right and bottom in whole pixels. */
async function edges(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return [x, y, x + width, y + height].map(Math.round);
}

test.describe('Viewer in the panel', () => {
  test('it fills the panel, moves to a tab, and gives the panel back', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    await agent.button.click();

    const viewer = agent.page.frameLocator(`iframe[title="${text('frame_title')}"]`);
    await expectWaiting(viewer, 'alice-1');
    const [left, top, right, bottom] = await edges(crm(agent));
    const bar = await edges(agent.panel.root);
    expect(bar.slice(0, 3)).toEqual([left, top, right]);
    expect(await edges(frame(agent, 'alice-1'))).toEqual([left, bar[3], right, bottom]);

    // To a tab.
    const tab = await opened(agent, () => agent.panel.button('open_in_tab').click());
    await expectWaiting(tab, 'alice-1');
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    expect(viewers).toHaveLength(2);

    // And away.
    const closed = tab.waitForEvent('close');
    await agent.header.button('close_viewer').click();
    await closed;
    await expectReady(agent);
    await agent.button.click();
    await expectWaiting(viewer, 'alice-1');
    await agent.panel.button('close_viewer').click();
    await expect(frame(agent, 'alice-1')).toHaveCount(0);
    await expect(agent.panel.root).toHaveCount(0);
    await expectReady(agent);
    expect(agent.errors).toEqual([]);
  });

  test('Flex’s splitter is dragged over an open viewer and let go there', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    const { mouse } = agent.page;
    const before = await crm(agent).boundingBox();
    // The splitter is the gap beside the panel.
    const y = before.y + before.height / 2;
    await mouse.move(before.x - 2, y);
    await mouse.down();
    await mouse.move(before.x + 100, y, { steps: 10 });
    await mouse.up();
    const after = await crm(agent).boundingBox();
    expect(Math.round(after.x - before.x)).toBeGreaterThan(90);

    // It was let go: the pointer takes it nowhere else, and the viewer has the pointer again.
    await mouse.move(before.x + 200, y, { steps: 5 });
    expect((await crm(agent).boundingBox()).x).toBe(after.x);
    const { x } = after;
    const under = await agent.page.evaluate(
      ([left, top]) =>
        document.elementFromPoint(left, top).shadowRoot?.elementFromPoint(left, top).tagName,
      [x + 50, y],
    );
    expect(under).toBe('IFRAME');
  });

  test('a click brings a hidden panel into view', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    await showPanel(agent, false);
    await expect(crm(agent)).toBeHidden();
    await agent.button.click();
    await expect(crm(agent)).toBeVisible();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    expect(viewers).toHaveLength(1);
    expect(agent.context.pages()).toHaveLength(1);
  });

  test('a panel that Flex took away brings the session back once', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    const viewers = watchViewers(agent);
    const keys = () => viewers.map((request) => parameters(request.url()).loginkey);
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');

    await showPanel(agent, false);
    await expect(agent.header.status).toHaveText(text('panel_gone'));
    await showPanel(agent, true);
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(frame(agent, 'alice-1')).toHaveCount(1);
    expect(keys()).toHaveLength(2);

    // While no task is selected nothing reopens; with the task it does, once again.
    await agent.page.evaluate(() =>
      Twilio.Flex.Actions.invokeAction('SelectTask', { sid: undefined }),
    );
    await showPanel(agent, false);
    await showPanel(agent, true);
    await expect(crm(agent)).toBeVisible();
    expect(keys()).toHaveLength(2);
    await agent.select('Alice');
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(frame(agent, 'alice-1')).toHaveCount(1);
    expect(keys()).toHaveLength(3);
    expect(agent.errors).toEqual([]);
  });
});
