/** What is skipped in a set-up because it was made already. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { makeFrom } from '../../scripts/stamp.mjs';

const root = mkdtempSync(path.join(os.tmpdir(), 'flex-glance-stamp-'));
after(() => rmSync(root, { recursive: true }));

const at = (name) => path.join(root, name);
const make = () =>
  makeFrom(root, ['one', 'two'], ['source'], async () => {
    for (const name of ['one', 'two']) writeFileSync(at(name), '');
  });

test('it is made once, and again when a source changes or anything that was made is gone', async () => {
  writeFileSync(at('source'), 'a');
  assert.equal(await make(), true);
  assert.equal(await make(), false);
  for (const name of ['one', 'two']) {
    rmSync(at(name));
    assert.equal(await make(), true, `without ${name}`);
    assert.ok(readdirSync(root).includes(name));
  }
  writeFileSync(at('source'), 'b');
  assert.equal(await make(), true);
});
