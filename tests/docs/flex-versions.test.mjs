// The documents name the versions of Flex UI that are tried.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { olderVersions } from '../../sandbox/desktop/build.mjs';
import { read } from './documents.mjs';

test('docs/administrators.md names every version of Flex UI that is tried, and no other', () => {
  const { dependencies } = JSON.parse(read('sandbox/package.json'));
  const tried = [dependencies['@twilio/flex-ui'], ...olderVersions()];
  const [line] = read('docs/administrators.md').match(/^- Flex UI 2\b[^-]*/m);
  assert.deepEqual(line.match(/2\.\d+\.\d+/g), tried);
});
