// A viewer that the browser blocked: its link and its notification can do what its state allows.

import { meet, newId, PRESENCE } from './customers.mjs';
import { text } from './texts.mjs';
import { expectWaiting, noteOpenings, opened, watchViewers, windows } from './viewers.mjs';
import { expect, OWN_FLEX, test, Viewer } from './visitor.mjs';

test.describe('A viewer that the browser blocked', () => {
  test.setTimeout(120_000);

  /** The customer accepts, and the browser blocks the tab. */
  async function block(agent, visitor) {
    const ann = newId('ann');
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.start({ popups: 'blocked', settings: { ...PRESENCE, openlocation: 'tab' } });
    await meet(agent, visitor, 'Ann', ann);
    await agent.button.click();
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(agent.notification.message).toHaveText(
      text('notify_accepted', { customer: 'Ann' }),
    );
    await expect(link(agent)).toBeVisible();
  }

  const link = (agent) => agent.header.link('open_viewer');

  test('opens by its link in the header, and the notification goes', async ({ agent, visitor }) => {
    await block(agent, visitor);
    const viewer = await opened(agent, () => link(agent).click());
    await expect(new Viewer(viewer).title).toHaveText('Tea, simply.');
    await expect(agent.notification.message).toHaveCount(0);
    await expect(link(agent)).toHaveCount(0);
    await expect(agent.header.status).toHaveText(text('in_session'));
    expect(windows(agent)).toEqual([viewer]);
  });

  test('is left alone by a notification that is clicked too late', async ({ agent, visitor }) => {
    await block(agent, visitor);
    await agent.control.scenario({ popups: 'allowed' });
    await agent.page.waitForFunction(popupsOpen);
    const viewers = watchViewers(agent);
    const button = await agent.notification.button('open_viewer').elementHandle();
    const anchor = await link(agent).elementHandle();
    // Both in one task: the notification is still there when it is clicked.
    const viewer = await opened(agent, () =>
      agent.page.evaluate(
        ([anchor, button]) => {
          anchor.click();
          button.click();
        },
        [anchor, button],
      ),
    );
    await expect(new Viewer(viewer).title).toHaveText('Tea, simply.');
    await expect(agent.notification.message).toHaveCount(0);
    await expect(agent.header.status).toHaveText(text('in_session'));
    expect(windows(agent)).toEqual([viewer]);
    expect(viewers).toHaveLength(1);
    expect(agent.errors).toEqual([]);
  });
});

test.describe('Where viewers open in windows', () => {
  test.setTimeout(120_000);

  test('Ask again opens the next one inside the click', OWN_FLEX, async ({ agent, visitor }) => {
    const ann = newId('ann');
    await agent.context.addInitScript(noteOpenings);
    await agent.control.task('Ann', { glance_visitor_id: ann });
    await agent.start({ settings: { ...PRESENCE, openlocation: 'window' } });
    await meet(agent, visitor, 'Ann', ann);
    const first = await opened(agent, () => agent.button.click());
    const closed = first.waitForEvent('close');
    await visitor.terms.getByRole('button', { name: 'Decline' }).click();
    await closed;
    const again = agent.header.button('ask_again');
    const second = await opened(agent, () => again.click());
    await expectWaiting(second, ann);
    expect(await agent.page.evaluate(() => window.openings)).toEqual([
      'in the click',
      'in the click',
    ]);
    await visitor.terms.getByRole('button', { name: 'Accept' }).click();
    await expect(new Viewer(second).title).toHaveText('Tea, simply.');
    await expect(agent.header.status).toHaveText(text('in_session'));
  });
});

/** Whether the scenario's pop-up blocker is off, of which an open desktop hears a moment later. */
function popupsOpen() {
  const opened = window.open('about:blank');
  opened?.close();
  return Boolean(opened);
}
