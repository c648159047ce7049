// A Glance that needs its cookie, in a frame of another site. Whether the real one does is not known. In Chromium
// alone: WebKit keeps no secure cookie of the plain http that the sandbox speaks.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { Agent, expect, test as base } from './fixtures.mjs';
import { text } from './texts.mjs';
import { expectReady, expectWaiting, opened } from './viewers.mjs';

const test = base.extend({
  /** Whether the browser keeps cookies of other sites in a frame. */
  keepsCookies: [true, { option: true }],

  agent: async ({ playwright, launchOptions, ownSandbox, browserCache, keepsCookies }, use) => {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'flex-glance-profile-'));
    const preferences = { profile: { cookie_controls_mode: keepsCookies ? 0 : 1 } };
    await mkdir(path.join(profile, 'Default'));
    await writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const args = [...launchOptions.args, `--disk-cache-dir=${browserCache}`];
    const context = await playwright.chromium.launchPersistentContext(profile, {
      ...launchOptions,
      args,
    });
    await ownSandbox.control.reset();
    await use(new Agent(ownSandbox, context));
    await context.close();
    await rm(profile, { recursive: true });
  },
});

const framed = (agent) => agent.page.frameLocator(`iframe[title="${text('frame_title')}"]`);

async function clickCobrowse(agent, sign_on) {
  await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
  await agent.start({ sign_on });
  await agent.select('Alice');
  await agent.button.click();
}

test.describe('Where the browser keeps cookies of other sites', () => {
  test('a Glance that needs its cookie is in the panel', async ({ agent }) => {
    await clickCobrowse(agent, 'cookie');
    await expectWaiting(framed(agent), 'alice-1');
  });
});

test.describe('Where the browser blocks cookies of other sites', () => {
  test.use({ keepsCookies: false });

  test('a Glance that needs its cookie asks the agent to sign in, and a tab works', async ({
    agent,
  }) => {
    await clickCobrowse(agent, 'cookie');
    await expect(framed(agent).getByRole('heading', { name: 'Sign in' })).toBeVisible();
    const tab = await opened(agent, () => agent.panel.button('open_in_tab').click());
    await expectWaiting(tab, 'alice-1');
    await agent.header.button('close_viewer').click();
    await expectReady(agent);
  });

  test('a Glance with a partitioned cookie is in the panel all the same', async ({ agent }) => {
    await clickCobrowse(agent, 'partitioned_cookie');
    await expectWaiting(framed(agent), 'alice-1');
  });
});
