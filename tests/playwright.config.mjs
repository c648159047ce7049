import { defineConfig } from '@playwright/test';

import { chromiumPath } from '../scripts/chromium.mjs';

// The browser is Debian's or the one at CHROMIUM_PATH. Its pop-up blocker is left on, which
// Playwright would switch off.
export default defineConfig({
  testDir: '.',
  testMatch: ['journeys/*.spec.mjs', 'views/*.spec.mjs', 'visitor/*.spec.mjs'],
  outputDir: '../test-results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1400, height: 900 },
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: chromiumPath(),
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
      ],
    },
  },
});
