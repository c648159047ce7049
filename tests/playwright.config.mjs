import { defineConfig } from '@playwright/test';

import { chromiumPath } from '../scripts/chromium.mjs';

// What Playwright switches off, which has to be said again since the last list counts.
const PLAYWRIGHT_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

// The address bar's lists: two pages that every window loads, longer than it takes to load ours.
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

// The browser is Debian's or the one at CHROMIUM_PATH. Its pop-up blocker is left on, which
// Playwright would switch off.
export default defineConfig({
  testDir: '.',
  testMatch: ['journeys/*.spec.mjs', 'views/*.spec.mjs', 'visitor/*.spec.mjs'],
  outputDir: '../test-results',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // On two processors: a journey waits a good part of its time.
  workers: 3,
  retries: 0,
  // A machine that does other work as well is slow, not broken.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1400, height: 900 },
    // A trace costs a tenth of the time: `--trace retain-on-failure` for whoever looks into a failure.
    trace: 'off',
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
        `--disable-features=${[...PLAYWRIGHT_OFF, ...ADDRESS_BAR]}`,
        '--use-fake-device-for-media-stream',
      ],
    },
  },
});
