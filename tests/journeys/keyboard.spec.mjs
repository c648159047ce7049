import { expect, test } from './fixtures.mjs';
import { mainName, text } from './texts.mjs';

test.describe('With the keyboard alone', () => {
  test('an agent types a key, joins, and closes the viewer without losing the focus', async ({
    agent,
  }) => {
    await agent.control.task('Bob', {}, 'call');
    await agent.start();
    await agent.select('Bob');
    const { keyboard } = agent.page;
    const key = agent.header.keyForm.field;

    await tabTo(agent, agent.button);
    await expectRing(agent.button);
    await keyboard.press('Enter');
    await expect(key).toBeFocused();
    await expectRing(key);
    await keyboard.press('Escape');
    await expect(key).toBeHidden();
    await expect(agent.button).toBeFocused();

    await keyboard.press('Tab');
    const haveKey = agent.header.button('have_key');
    await expect(haveKey).toBeFocused();
    await expectRing(haveKey);
    await keyboard.press('Space');
    await expect(key).toBeFocused();
    await keyboard.type('12 34#');
    await keyboard.press('Enter');
    await expect(agent.header.alert).toContainText(text('key_character', { character: '#' }));
    await expect(key).toBeFocused();
    await keyboard.type('12-34');
    await keyboard.press('Tab');
    await expect(agent.header.keyForm.join).toBeFocused();
    await expectRing(agent.header.keyForm.join);
    await keyboard.press('Enter');
    await expect(agent.viewerFrame('1234').getByText('Waiting for the visitor')).toBeVisible();
    await expectFocusInHeader(agent);

    const close = agent.header.button('close_viewer');
    await tabTo(agent, close);
    await expectRing(close);
    await keyboard.press('Enter');
    await expect(agent.page.locator('iframe[src*="AgentView"]')).toHaveCount(0);
    await expect(agent.button).toBeFocused();
  });

  test('Cancel, Try again, Dismiss and Sign in are reached by Tab and leave the focus in place', async ({
    agent,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ function: 'slow' });
    await agent.select('Alice');
    const { keyboard } = agent.page;
    const message = agent.header.alert;

    await tabTo(agent, agent.button);
    await keyboard.press('Enter');
    await expect(agent.header.status).toHaveText(text('getting_key'));
    await expect(agent.button).toBeFocused();
    await keyboard.press('Tab');
    await expect(agent.header.button('cancel')).toBeFocused();
    await keyboard.press('Enter');
    await expect(agent.button).toBeFocused();

    await agent.control.scenario({ function: 'error' });
    await keyboard.press('Enter');
    await expect(message).toBeVisible();
    for (const name of ['try_again', 'sign_in', 'dismiss']) {
      const way = agent.header.message.button(name);
      await tabTo(agent, way, 6);
      await expectRing(way);
    }
    await keyboard.press('Enter');
    await expect(message).toBeHidden();
    await expect(agent.button).toBeFocused();

    await keyboard.press('Enter');
    await tabTo(agent, agent.header.message.button('try_again'), 6);
    await keyboard.press('Enter');
    await expect(message).toBeVisible();
    await expectFocusInHeader(agent);

    await agent.control.scenario({ function: 'none' });
    await tabTo(agent, agent.button);
    await keyboard.press('Enter');
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    await expect(agent.button).toBeFocused();
    await expect(agent.button).toHaveAccessibleName(mainName('bring_to_front'));
  });
});

/** Presses Tab until `target` has the focus. */
async function tabTo(agent, target, most = 60) {
  const hasFocus = () => target.evaluate((element) => element.matches(':focus'));
  for (let presses = 0; presses < most && !(await hasFocus()); presses += 1) {
    await agent.page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

async function expectRing(target) {
  await expect(target).toHaveCSS('outline-style', 'solid');
  const width = await target.evaluate((element) =>
    parseFloat(getComputedStyle(element).outlineWidth),
  );
  expect(width, 'width of the focus ring').toBeGreaterThanOrEqual(2);
}

async function expectFocusInHeader(agent) {
  await expect(
    agent.page.locator('.Twilio-TaskCanvasHeader .flex-glance:focus-within'),
  ).toHaveCount(1);
}
