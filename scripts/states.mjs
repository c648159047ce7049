// `npm run states`: records the component's views anew for the sandbox's page of all states.
//
//   npm run states                    after the set-up
//   npm run states -- --no-set-up     off the component that is built already

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { chromium } from '@playwright/test';

import { chromiumPath } from './chromium.mjs';
import { root, setUp } from './setup.mjs';
import { VIEWS, recordStates } from './states/record.mjs';

if (!process.argv.includes('--no-set-up')) await setUp();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await writeFile(path.join(root, VIEWS), await recordStates(browser));
  console.log(VIEWS);
} finally {
  await browser.close();
}
