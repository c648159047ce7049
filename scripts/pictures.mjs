// `npm run pictures`: makes the documentation's pictures anew, with the sandbox.
//
// The same story every time: a customer chats in the shop, the agent sees them come, asks, and
// watches.

import path from 'node:path';

import { chromium, expect } from '@playwright/test';

import { HERE } from '../tests/journeys/customers.mjs';
import { accept } from '../tests/journeys/offers.mjs';
import { startSandbox } from '../tests/journeys/sandbox.mjs';
import { Surface } from '../tests/journeys/surface.mjs';
import { text } from '../tests/journeys/texts.mjs';
import { Visitor } from '../tests/journeys/visitor.mjs';
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
  await visitor.openWithChat('/');
  await visitor.startChat('Jenny', 'Which tea goes with cake?');
  await accept(agent, 'Jenny');
  const header = agent.locator('.Twilio-TaskCanvasHeader');
  const { main, status } = new Surface(header);
  await expect(status).toHaveText(HERE);
  await visitor.openWithChat('/teas');
  await expect(status).toContainText('/teas');
  await save(header, 'presence-here');

  await main.click();
  await expect(status).toHaveText(text('visitor_asked'));
  await save(header, 'presence-waiting');
  await visitor.terms.waitFor();
  await save(shop, 'presence-terms');

  await visitor.terms.getByRole('button', { name: 'Accept' }).click();
  await expect(status).toHaveText(text('in_session'));
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
