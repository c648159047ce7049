// `npm run pictures`: makes the documentation's pictures anew, with the sandbox.
//
// The same story every time: a customer chats in the shop, the agent sees them come, asks, and
// watches.

import path from 'node:path';

import { chromium } from '@playwright/test';

import { Visitor } from '../tests/journeys/visitor.mjs';
import { startSandbox } from '../tests/journeys/sandbox.mjs';
import { chromiumPath } from './chromium.mjs';
import { root, setUp } from './setup.mjs';

const DESKTOP = { width: 1400, height: 800 };
const SHOP = { width: 1100, height: 700 };

await setUp();
const sandbox = await startSandbox();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await takePictures();
} finally {
  await browser.close();
  await sandbox.stop();
}

async function takePictures() {
  const { desktop, landing } = sandbox.origins;
  const agent = await (await browser.newContext({ viewport: DESKTOP })).newPage();
  await agent.goto(`${desktop}/`);
  await agent.locator('.Twilio-AgentDesktopView-default').waitFor();

  const shop = await (await browser.newContext({ viewport: SHOP })).newPage();
  const visitor = new Visitor(sandbox.origins, shop);
  await visitor.open('/');
  await visitor.startChat('Jenny', 'Which tea goes with cake?');
  await agent
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click();
  const header = agent.locator('.Twilio-TaskCanvasHeader');
  const status = header.getByRole('region', { name: 'Glance Cobrowse' }).getByRole('status');
  await status.getByText(/on the site/i).waitFor();
  await visitor.open('/teas');
  await status.getByText('/teas').waitFor();
  await save(header, 'presence-here');

  await agent.getByRole('button', { name: /^Cobrowse/ }).click();
  await status.getByText('Waiting for their answer').waitFor();
  await save(header, 'presence-waiting');
  await visitor.terms.waitFor();
  await save(shop, 'presence-terms');

  await visitor.terms.getByRole('button', { name: 'Accept' }).click();
  await status.getByText('In session').waitFor();
  const mirrored = agent
    .frameLocator('iframe[src*="AgentView"]')
    .getByTitle('The visitor’s page')
    .contentFrame();
  await mirrored.getByRole('heading', { level: 1, name: 'Teas' }).waitFor();
  await save(agent, 'presence-session');
  await save(agent, 'desktop');

  const both = await (
    await browser.newContext({ viewport: { width: 1600, height: 900 } })
  ).newPage();
  await both.goto(`${landing}/`);
  await both.frameLocator('iframe').nth(0).getByRole('heading', { level: 1 }).waitFor();
  await both
    .frameLocator('iframe')
    .nth(1)
    .locator('.Twilio-AgentDesktopView-default')
    .waitFor({ timeout: 60_000 });
  await save(both, 'landing');
}

async function save(shown, name) {
  const file = path.join(root, 'docs', 'images', `${name}.png`);
  await shown.screenshot({ path: file, animations: 'disabled' });
  console.log(`docs/images/${name}.png`);
}
