// The packed package in real projects: `npm test -- matrix` after the set-up.
//
//   node tests/matrix/index.mjs                  everything; docs/compatibility.md has to say the same
//   node tests/matrix/index.mjs --write          writes docs/compatibility.md
//   node tests/matrix/index.mjs bundlers node    only these checks

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { pack } from './package.mjs';
import { Record } from './record.mjs';
import { openStage } from './stage.mjs';
import { compareDocument } from './table.mjs';

// In the order of the tables.
const CHECKS = ['flex', 'jest', 'bundlers', 'plain', 'yarn', 'node', 'types', 'registry'];

// Each takes about as long and keeps one processor busy, so they run side by side.
const LANES = [['bundlers'], CHECKS.filter((name) => name !== 'bundlers')];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !CHECKS.includes(name));
if (unknown.length > 0) {
  console.error(`Usage: node tests/matrix/index.mjs [--write] [${CHECKS.join('] [')}]`);
  process.exit(2);
}

const isWanted = (name) => positionals.length === 0 || positionals.includes(name);

const record = new Record();
const records = new Map(CHECKS.map((name) => [name, new Record()]));
const began = Date.now();
const stage = await openStage();
try {
  const tarball = await record.step('npm pack', pack);
  const lanes = LANES.map((names) => runInTurn(names.filter(isWanted), { tarball, stage }));
  const ends = await Promise.allSettled(lanes);
  for (const name of CHECKS) record.add(records.get(name));
  const broken = ends.find(({ status }) => status === 'rejected');
  if (broken) throw broken.reason;
  if (positionals.length === 0 && record.failures.length === 0) {
    await record.step('docs/compatibility.md says the same', () =>
      compareDocument(record.cells, values.write),
    );
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

async function runInTurn(names, given) {
  for (const name of names) {
    const { check } = await import(`./checks/${name}.mjs`);
    await check(records.get(name), given);
  }
}
