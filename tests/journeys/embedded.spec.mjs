// Flex in a frame of another site, as in a CRM.

import { createServer } from 'node:http';

import { expect, OWN_FLEX, test as base } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, opened } from './viewers.mjs';

const test = base.extend({
  /** Serves one page of another site, and answers its address. */
  crm: async ({}, use) => {
    let server;
    await use(async (body) => {
      server = createServer((_, response) =>
        response.setHeader('content-type', 'text/html; charset=utf-8').end(body),
      );
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://crm.localhost:${server.address().port}/`;
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

/** Opens Flex in a frame of a page elsewhere, which grants what these attributes say. */
async function embed(agent, crm, attributes) {
  await agent.control.scenario({ settings: {} });
  agent.errors = [];
  const page = agent.context.pages()[0];
  page.on('pageerror', (error) => agent.errors.push(String(error)));
  const frame = `<iframe ${attributes} src="${agent.origins.desktop}/" width="1300" height="800">`;
  await page.goto(await crm(`<!doctype html><title>CRM</title>${frame}</iframe>`));
  // The journey goes on in the frame, as it would in a page.
  agent.page = page.frames()[1];
  await expect(agent.page.locator('.Twilio-AgentDesktopView-default')).toBeVisible({
    timeout: 45_000,
  });
}

test.describe('Flex in a frame of another site', OWN_FLEX, () => {
  test('has the viewer in its panel, and opens it in a tab', async ({ agent, crm }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await embed(agent, crm, '');
    await agent.select('Alice');
    await agent.button.click();
    await expectWaiting(
      agent.page.frameLocator(`iframe[title="${text('frame_title')}"]`),
      'alice-1',
    );
    const tab = await opened(agent, () => agent.panel.button('open_in_tab').click());
    await expectWaiting(tab, 'alice-1');
    await agent.header.button('close_viewer').click();
    await expectReady(agent);
    expect(agent.errors).toEqual([]);
  });

  test('that lets it open no window is told as what to ask for, and the panel works', async ({
    agent,
    crm,
  }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await embed(agent, crm, 'sandbox="allow-scripts allow-same-origin allow-forms"');
    await agent.select('Alice');
    await agent.button.click();
    const viewer = agent.page.frameLocator(`iframe[title="${text('frame_title')}"]`);
    await expectWaiting(viewer, 'alice-1');
    await agent.panel.button('open_in_tab').click();
    await expect(agent.header.alert).toContainText(text('blocked_in_frame'));
    await agent.header.button('cancel').click();
    await expectWaiting(viewer, 'alice-1');
    expect(agent.errors).toEqual([]);
  });
});
