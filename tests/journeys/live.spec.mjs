import { accept } from './offers.mjs';
import { text } from './texts.mjs';
import { expect, test, Viewer } from './visitor.mjs';

test.describe('The agent watches the visitor’s page live', () => {
  test('in a chat that began in the shop', async ({ agent, visitor }) => {
    test.setTimeout(120_000);
    const { page } = visitor;
    await agent.start();
    await visitor.openWithChat('/');
    const chat = await visitor.startChat('Jenny');
    await accept(agent.page, 'Jenny');

    await agent.button.click();
    const viewer = new Viewer(agent.viewerFrame(chat));
    await expect(viewer.waits).toBeVisible();
    await visitor.share('Accept');
    await expect(viewer.title).toHaveText('Tea, simply.');
    await expect(visitor.bar).toContainText('1 agent is watching');

    await pointsAndScrolls(page, viewer);

    // Another page of the shop, and the same one again: still the same session.
    await page.getByRole('navigation').getByRole('link', { name: 'Teas' }).click();
    await expect(viewer.title).toHaveText('Teas');
    await page.getByRole('button', { name: 'Add to cart' }).first().click();
    await expect(viewer.mirrored.getByRole('link', { name: 'Cart 1' })).toBeVisible();
    await visitor.open('/checkout');
    await fillsIn(page.locator('#checkout'), viewer.mirrored.locator('#checkout'));
    await page.reload();
    await expect(viewer.mirrored.getByLabel('Name', { exact: true })).toHaveValue('');
    await expect(viewer.title).toHaveText('Checkout');
    await expect(agent.header.status).toHaveText(text('viewer_open'));

    await visitor.endButton.click();
    await expect(viewer.ended).toBeVisible();
    await expect(viewer.mirrored.locator('body')).toHaveCount(0);
    await expect(visitor.endButton).toBeHidden();

    // Once more; this time the agent ends it, and then the chat.
    await viewer.button('Wait for the visitor again').click();
    await expect(viewer.waits).toBeVisible();
    await visitor.share('Accept');
    await expect(viewer.title).toHaveText('Checkout');
    await viewer.button('End session').click();
    await expect(page.getByText('The agent has ended the session.')).toBeVisible();
    await expect(visitor.endButton).toBeHidden();
    await agent.page.getByRole('button', { name: 'End', exact: true }).click();
    await agent.page.getByRole('button', { name: 'Complete', exact: true }).click();
    await expect(agent.page.locator('iframe[src*="AgentView.aspx"]')).toHaveCount(0);
    expect(agent.errors).toEqual([]);
    expect(await agent.control.unknownCalls()).toEqual([]);
  });

  test('in a phone call, by the key that the visitor reads out', async ({
    agent,
    visitor,
    watch,
  }) => {
    test.setTimeout(120_000);
    await agent.start();
    await visitor.open('/sencha');
    await visitor.call('Bert');
    await accept(agent.page, 'Bert');
    await expect(visitor.help.getByRole('status')).toHaveText('An agent is on the phone with you.');
    await visitor.share('Accept');
    const digits = visitor.help.getByText('Tell the agent this key:').locator('b');
    await expect(digits).toHaveText(/^\d \d \d \d$/);
    const key = await digits.innerText();
    await visitor.page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(visitor.page.getByRole('link', { name: 'Cart 1' })).toBeVisible();

    await agent.button.click();
    const form = agent.header.keyForm;
    await form.field.fill(key);
    await form.join.click();

    // The agent comes late and sees the whole page at once; a second agent does too.
    const viewer = new Viewer(agent.viewerFrame(key.replaceAll(' ', '')));
    await expect(viewer.title).toHaveText('Sencha Asahi');
    await expect(viewer.mirrored.getByText('Tastes of fresh grass')).toBeVisible();
    const other = await watch(key.replaceAll(' ', ''));
    await expect(other.title).toHaveText('Sencha Asahi');
    await expect(visitor.bar).toContainText('2 agents are watching');
    // They see what has changed since the first picture, and what changes from now on.
    for (const { mirrored } of [viewer, other]) {
      await expect(mirrored.getByRole('link', { name: 'Cart 1' })).toBeVisible();
    }
    await visitor.page.getByRole('button', { name: /^Add/ }).click();
    for (const { mirrored } of [viewer, other]) {
      await expect(mirrored.getByRole('link', { name: 'Cart 2' })).toBeVisible();
    }

    // The agent closes the viewer in Flex: the session is the visitor's and goes on.
    await agent.header.button('close_viewer').click();
    await expect(visitor.bar).toContainText('1 agent is watching');
    await other.button('End session').click();
    await expect(visitor.page.getByText('The agent has ended the session.')).toBeVisible();
    expect(agent.errors).toEqual([]);
  });

  test('only if the visitor accepts the terms', async ({ visitor, watch }) => {
    await visitor.openWithChat('/');
    const viewer = await watch(await visitor.startChat('Jenny'));
    await expect(viewer.waits).toBeVisible();
    await visitor.share('Decline');
    await expect(visitor.terms).toBeHidden();
    await visitor.help.getByRole('button', { name: 'Share this page' }).click();
    await expect(visitor.terms).toBeVisible();
    await visitor.page.keyboard.press('Escape');
    await expect(visitor.terms).toBeHidden();

    // A page later there is still no session, and nothing was told to Glance.
    await visitor.open('/teas');
    await expect(visitor.endButton).toBeHidden();
    await expect(viewer.waits).toBeVisible();
    const ofSessions = /^{"type":"(start|continue|events)"/;
    expect(visitor.sent.filter((message) => ofSessions.test(message))).toEqual([]);

    await visitor.share('Accept');
    await expect(viewer.title).toHaveText('Teas');
  });

  test('through absences, in the tab that the visitor looks at', async ({ visitor, watch }) => {
    const { page } = visitor;
    await visitor.open('/');
    await visitor.startSession();
    const viewer = await watch(await visitor.visitorId());
    await expect(viewer.title).toHaveText('Tea, simply.');

    await page.goto('about:blank');
    await expect(viewer.notice('The visitor’s page is gone for the moment')).toBeVisible();
    await visitor.open('/account');
    await expect(viewer.title).toHaveText('Your account');

    const second = await page.context().newPage();
    await second.goto(`${visitor.origins.shop}/teaware`);
    await expect(viewer.title).toHaveText('Teaware');
    await second.close();
    await expect(viewer.title).toHaveText('Your account');

    // An agent who comes now, or reloads the viewer, sees what was typed before.
    await page.getByLabel('Email').fill('jenny@example.com');
    const late = await watch(await visitor.visitorId(), { Wait: null });
    await expect(late.mirrored.getByLabel('Email')).toHaveValue('jenny@example.com');
    await late.root.reload();
    await expect(late.mirrored.getByLabel('Email')).toHaveValue('jenny@example.com');
    // What Glance itself puts on the visitor's page is not part of the picture.
    await expect(visitor.bar).toContainText('2 agents are watching');
    await expect(late.mirrored.getByText('agents are watching')).toHaveCount(0);
  });
});

/** Accepts the task by Flex's own button. */
async function pointsAndScrolls(page, viewer) {
  await page.mouse.move(300, 200);
  await page.mouse.move(310, 210, { steps: 4 });
  const cursor = () =>
    viewer.cursor.evaluate(({ style }) => [style.left, style.top].map(parseFloat));
  await expect
    .poll(async () => {
      const [left, top] = await cursor();
      return Math.hypot(left - 310, top - 210);
    })
    .toBeLessThan(8);
  await page.mouse.wheel(0, 300);
  const scrolled = (root) => root.locator('html').evaluate((html) => html.scrollTop);
  await expect.poll(() => scrolled(page)).toBeGreaterThan(100);
  await expect
    .poll(async () => Math.abs((await scrolled(viewer.mirrored)) - (await scrolled(page))))
    .toBeLessThan(2);
}

/** Fills in a form and sees each field change on the agent's side. */
async function fillsIn(form, seen) {
  await form.getByLabel('Name').pressSequentially('Jenny');
  await expect(seen.getByLabel('Name')).toHaveValue('Jenny');
  await form.getByLabel('Delivery').selectOption('Express, tomorrow');
  await form.getByLabel('Note for the courier').fill('Ring twice');
  await form.getByLabel('This is a gift').check();
  await expect(seen.getByLabel('Delivery')).toHaveValue('Express, tomorrow');
  await expect(seen.getByLabel('Note for the courier')).toHaveValue('Ring twice');
  await expect(seen.getByLabel('This is a gift')).toBeChecked();
}
