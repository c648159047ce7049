// React's StrictMode in its development build: from 18 on it mounts, unmounts and mounts again.

import assert from 'node:assert/strict';

const VIEWER = '/AgentView.aspx';
const KEY = '/getshortloginkey';

/**
 * Opens `app/strict.js`, clicks, takes the component away, puts it back, and clicks again.
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} folder Where it was built.
 * @param {number} mounts How often StrictMode mounts a component.
 * @throws {Error} If there is not exactly one component, or a click asks for other than one login key.
 */
export function tryStrictMode(stage, folder, mounts) {
  return stage.open(folder, async (page) => {
    const asked = [];
    page.context().on('request', (request) => {
      const { pathname } = new URL(request.url());
      if ([VIEWER, KEY].some((ending) => pathname.endsWith(ending))) asked.push(pathname);
    });
    for (const times of [1, 2]) {
      const viewer = page.context().waitForEvent('page');
      viewer.catch(() => {});
      // Playwright clicks where there is exactly one.
      await page.getByRole('button', { name: 'Cobrowse', exact: true }).click();
      await (await viewer).waitForURL(`**${VIEWER}?*`);
      const endings = asked.map((pathname) => `/${pathname.split('/').pop()}`);
      assert.deepEqual(
        endings,
        Array(times).fill([KEY, VIEWER]).flat(),
        `what click ${times} asks`,
      );
      assert.equal(await page.evaluate('window.mounts'), times * mounts, 'mounts of React');
      await page.getByRole('button', { name: 'Close viewer' }).click();
      await page.evaluate('window.hide()');
      assert.equal(await page.getByRole('region', { name: 'Glance Cobrowse' }).count(), 0);
      await page.evaluate('window.show()');
    }
  });
}
