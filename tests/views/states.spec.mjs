import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from '@playwright/test';

import { VIEWS, recordStates } from '../../scripts/states/record.mjs';
import { root } from './fixtures.mjs';

test('the recorded views are what the component draws', async ({ browser }) => {
  const committed = JSON.parse(await readFile(path.join(root, VIEWS), 'utf8'));
  const drawn = JSON.parse(await recordStates(browser));
  expect(drawn, 'run `npm run states` and commit what it writes').toEqual(committed);
});
