// What is passed on of the props.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from './import.mjs';

const { PROPS, pick } = await importSources('props.js');

test('props that are there are passed on, and nothing else that the host adds', () => {
  const onsessionstart = () => {};
  const given = { groupid: 12345, puid: undefined, onsessionstart, uriCallback: () => {} };
  assert.deepEqual(pick(given, PROPS), { groupid: 12345, onsessionstart });
});

test('a getter that throws spoils no other prop, and whoever reads it hears of it', () => {
  const given = {
    groupid: 12345,
    get authurl() {
      throw new Error('not yet');
    },
  };
  const picked = pick(given, PROPS);
  assert.equal(picked.groupid, 12345);
  assert.throws(() => picked.authurl, /not yet/);
});
