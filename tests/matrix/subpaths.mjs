// What `app/subpaths.js` has to find in each subpath, whatever built it.

import assert from 'node:assert/strict';

import { modules } from './package.mjs';

const VALUES = {
  'flex-glance': 'function',
  'flex-glance/doctor': ['doctor.subject'],
  'flex-glance/element': true,
  'flex-glance/external': 16,
  'flex-glance/testing': ['alice-1'],
  'flex-glance/visitor': true,
};

/**
 * @param {import('@playwright/test').Page} page Where the script ran.
 * @throws {Error} If a subpath is missing, or its value is another.
 */
export async function checkSubpaths(page) {
  assert.deepEqual(Object.keys(VALUES).sort(), (await modules()).sort(), 'the subpaths of VALUES');
  assert.deepEqual(await page.evaluate('window.subpaths'), VALUES);
}
