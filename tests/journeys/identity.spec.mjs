// A login key belongs to the agent whom Flex knows, and goes with them.

import { connections, PRESENCE } from './customers.mjs';
import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectWaiting, frame, opened, parameters, watchViewers } from './viewers.mjs';

const BOB = 'bob_40example_2Ecom';

/** A token that the stand-in for Twilio's IAM takes for this agent's. */
const tokenOf = (identity) => `iam-test-as-${Buffer.from(identity).toString('hex')}`;

/** Asks Flex anew for token and Partner UID each time. */
const settings = { form: 'header', asks_flex: true };

/** The identities that login keys were asked for, in order. */
function watchKeys(agent) {
  const asked = [];
  agent.context.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/getloginkey')) return;
    asked.push(Object.fromEntries(new URLSearchParams(request.postData())));
  });
  return asked;
}

/**
 * Lets Flex take over the token of another agent, as it does without a look at the identity when they log
 * in in another tab of the browser.
 */
async function takeOver(agent, identity) {
  await agent.page.evaluate(
    ([token, identity]) => {
      const { store } = window.Twilio.Flex.Manager.getInstance();
      const before = store.getState().flex.session.ssoTokenPayload;
      const tokenPayload = { ...before, token, identity };
      store.dispatch({ type: 'FLEX_ACTION_TOKEN_UPDATED', payload: { tokenPayload } });
    },
    [tokenOf(identity), identity],
  );
}

test.describe('Another agent in the same Flex', OWN_FLEX, () => {
  test('gets a key of their own, and no viewer of the one before', async ({ agent }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.start({ plugin: 'forms', settings });
    const viewers = watchViewers(agent);
    const asked = watchKeys(agent);
    await agent.select('Ann');
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('ann-1'), 'ann-1');
    await agent.header.button('close_viewer').click();
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('ann-1'), 'ann-1');
    expect(asked, 'the key is used again').toHaveLength(1);

    await takeOver(agent, BOB);
    await expect(frame(agent, 'ann-1')).toHaveCount(0);
    // The task tells of the session that was, and a click shows its viewer to whoever is there now.
    await expect(agent.header.status).toHaveText(text('not_certain'));
    await agent.button.click();
    await expect.poll(() => viewers.length).toBe(3);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual({ Token: tokenOf(BOB), partneruserid: BOB });
    const keys = viewers.map((viewer) => parameters(viewer.url()));
    expect(keys.map((key) => key.partneruserid)).toEqual([
      asked[0].partneruserid,
      asked[0].partneruserid,
      BOB,
    ]);
    expect(keys[2].loginkey).not.toBe(keys[1].loginkey);
  });

  test('is authorized for presence anew', async ({ agent }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.start({ plugin: 'forms', settings: { ...settings, ...PRESENCE } });
    const asked = watchKeys(agent);
    await agent.select('Ann');
    await expect(agent.header.status).toHaveText(text('visitor_away'));
    await takeOver(agent, BOB);
    await expect.poll(() => asked.map((request) => request.partneruserid)).toContain(BOB);
  });
});

test.describe('A logout', OWN_FLEX, () => {
  test('closes the viewers and the connections to presence', async ({ agent }) => {
    await agent.control.task('Ann', { glance_visitor_id: 'ann-1' });
    await agent.start({
      plugin: 'forms',
      settings: { ...settings, ...PRESENCE, openlocation: 'window' },
    });
    await agent.select('Ann');
    await agent.header.button('have_key').click();
    await agent.header.keyForm.field.fill('1234');
    const viewer = await opened(agent, () => agent.header.keyForm.join.click());
    await expectWaiting(viewer, '1234');
    const closed = viewer.waitForEvent('close');
    await agent.page.evaluate(() => {
      window.Twilio.Flex.Actions.invokeAction('Logout', { forceLogout: true }).catch(() => {});
    });
    await closed;
    await expect.poll(() => connections(agent)).toBe(0);
  });
});
