/** The doctor's list of checks, in the code and in `docs/doctor.md`. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CHECKS } from '../../src/doctor/checks.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (...names) => readFileSync(path.join(root, ...names), 'utf8');

/** Checks of pages and flows, which only the command line makes. */
const COMMAND_LINE = /^(visitor\.(page|script|csp)|studio\.)/;

test('the documentation has every check in its order, with its title', () => {
  const rows = read('docs', 'doctor.md').match(/^\| `[a-z._]+` \| [^|]+ \| [^|]+ \|$/gm);
  const told = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  assert.deepEqual(
    told.map(([, name, title]) => [name.slice(1, -1), title]),
    Object.entries(CHECKS),
  );
});

test('every check that is made has a title', () => {
  const folder = path.join(root, 'src', 'doctor');
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.mjs'));
  const sources = files.map((file) => read('src', 'doctor', file)).join('\n');
  const made = [...sources.matchAll(/\bcheck\(\s*'([^']+)'/g)].map(([, name]) => name);
  assert.ok(made.length > 30, `${made.length} checks found`);
  const unknown = made.filter((name) => !COMMAND_LINE.test(name) && !(name in CHECKS));
  assert.deepEqual(unknown, []);
});
