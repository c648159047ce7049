/** What the doctor costs a plugin whose administrators do not ask it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { build } from 'esbuild';

test('a plugin that starts evaluates the doctor’s button, and none of its checks', async () => {
  const { metafile } = await build({
    entryPoints: ['src/doctor/index.mjs'],
    bundle: true,
    splitting: true,
    format: 'esm',
    metafile: true,
    outdir: 'unused',
    write: false,
    loader: { '.css': 'text' },
  });
  const { inputs, imports } = Object.values(metafile.outputs).find(({ entryPoint }) =>
    entryPoint?.endsWith('doctor/index.mjs'),
  );
  const shared = imports
    .filter(({ kind }) => kind === 'import-statement')
    .flatMap(({ path }) => Object.keys(metafile.outputs[path].inputs));
  const atStart = [...Object.keys(inputs), ...shared];
  assert.ok(atStart.includes('src/doctor/panel/button.mjs'));
  assert.deepEqual(
    atStart.filter((file) => /\/(judge|observe)\/|panel\/index|examin/.test(file)),
    [],
  );
});
