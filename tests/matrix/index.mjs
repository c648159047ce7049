// The packed package in real projects: `npm test -- matrix` after the set-up.
//
//   node tests/matrix/index.mjs                  everything; the README's table has to say the same
//   node tests/matrix/index.mjs --write          writes the README's table
//   node tests/matrix/index.mjs bundlers node    only these checks

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { pack } from './package.mjs';
import { Record } from './record.mjs';
import { openStage } from './stage.mjs';
import { compareReadme } from './table.mjs';

const CHECKS = ['flex', 'jest', 'bundlers', 'plain', 'yarn', 'node', 'types', 'registry'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !CHECKS.includes(name));
if (unknown.length > 0) {
  console.error(`Usage: node tests/matrix/index.mjs [--write] [${CHECKS.join('] [')}]`);
  process.exit(2);
}

const record = new Record();
const began = Date.now();
const stage = await openStage();
try {
  const tarball = await record.step('npm pack', pack);
  for (const name of CHECKS) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const { check } = await import(`./checks/${name}.mjs`);
    await check(record, { tarball, stage });
  }
  if (positionals.length === 0 && record.failures.length === 0) {
    await record.step('The README says the same', () => compareReadme(record.cells, values.write));
    const hash = createHash('sha512').update(await readFile(tarball));
    console.log(`tested: ${path.basename(tarball)} sha512-${hash.digest('base64')}`);
  }
} catch (error) {
  // A step has told it already.
  if (record.failures.length === 0) console.error(error);
  process.exitCode = 1;
} finally {
  await stage.close();
}
console.log(`matrix: ${((Date.now() - began) / 1000).toFixed(1)} s`);
if (record.failures.length > 0) {
  console.error(`failed: ${record.failures.join('; ')}`);
  process.exitCode = 1;
}
