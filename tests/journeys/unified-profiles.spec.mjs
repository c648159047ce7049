import { expect, OWN_FLEX, test } from './fixtures.mjs';
import { expectReady, expectWaiting, frame, watchViewers } from './viewers.mjs';

// Flex's Unified Profiles container (public beta), which takes the place of the second panel and has the CRM
// container in one of its tabs. Twilio's answers are made here, as `@twilio/flex-ui` 2.17.1 is seen to ask:
// the account's feature `flex-unify-panel` switches it on, and its tabs are there once a query has said
// whether a customer's details and history are shown. Everything else that it asks for is not found.
async function switchOn(context) {
  await context.route('**/api/v1/Session*', async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    json.features.push({ id: 'flex-unify-panel', name: 'Unified Profiles', enabled: true });
    await route.fulfill({ response, json });
  });
  await context.route('**/Flex/graphql*', async (route) => {
    if (!route.request().url().includes('FlexUnifyShowComponentConfig')) return route.fallback();
    const configurations = [shown('Details'), shown('History')];
    const profileAndHistoryConfigurations = { __typename: 'Configurations', configurations };
    return route.fulfill({ json: { data: { profileAndHistoryConfigurations } } });
  });
}

function shown(what) {
  const __typename = `ProfilesAndHistoryConfigurationProfile${what}Enabled`;
  const data = { __typename, [`profile${what}Enabled`]: true };
  return { __typename: 'Configuration', data };
}

const tab = (agent, name) =>
  agent.page.locator('.Twilio-AgentDesktopView-default').getByText(name, { exact: true });

test.describe('In the Unified Profiles container', OWN_FLEX, () => {
  test('the viewer is seen in the CRM container’s tab, and brought back from behind another', async ({
    agent,
  }) => {
    await switchOn(agent.context);
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start();
    const viewers = watchViewers(agent);
    await agent.select('Alice');
    // The customer's details come first.
    await expect(tab(agent, 'In-house')).toBeVisible();
    await expect(agent.page.locator('.Twilio-CRMContainer')).toBeHidden();
    await agent.button.click();
    await expectWaiting(agent.viewerFrame('alice-1'), 'alice-1');
    await expect(frame(agent, 'alice-1')).toBeVisible();

    await tab(agent, 'Details').click();
    await expect(frame(agent, 'alice-1')).toBeHidden();
    await agent.button.click();
    await expect(frame(agent, 'alice-1')).toBeVisible();

    await agent.select('Bob');
    await expect(frame(agent, 'alice-1')).toBeHidden();
    await agent.select('Alice');
    await agent.button.click();
    await expect(frame(agent, 'alice-1')).toBeVisible();
    expect(viewers).toHaveLength(1);
    expect(agent.context.pages()).toHaveLength(1);
    await agent.header.button('close_viewer').click();
    await expectReady(agent);
    expect(agent.errors).toEqual([]);
  });
});
