// Writes all that lists props and settings, from the table in `src/core/props/table.rs`.
//
//   npm run props              writes what has changed
//   npm run props -- --check   writes nothing, and fails if something is stale
//
// The crate prints its table as JSON (`scripts/props/print.rs`). What is written stands between the lines
// `props: begin` and `props: end` of each file; around them people write. A JSON file is written whole.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import prettier from 'prettier';

import { attributeLists, docsTable, passedOn, types } from './props/outputs.mjs';
import { administratorsTable, schema, settingsList } from './props/settings.mjs';
import { run } from './run.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What stands in each file, between the marks if it has any. */
const OUTPUTS = {
  'index.d.ts': types,
  'src/js/props.js': passedOn,
  'src/js/element.js': attributeLists,
  'src/js/settings-table.js': settingsList,
  'settings.schema.json': schema,
  'docs/props.md': docsTable,
  'docs/administrators.md': administratorsTable,
};

const check = process.argv.includes('--check');
const rows = JSON.parse(
  await run('cargo', ['run', '--locked', '--quiet', '--example', 'props'], { cwd: root }),
);
let stale = 0;
for (const [name, output] of Object.entries(OUTPUTS)) {
  const file = path.join(root, name);
  const isWhole = name.endsWith('.json');
  const before = await readFile(file, 'utf8').catch((error) => {
    if (isWhole && error.code === 'ENOENT') return '';
    throw error;
  });
  const text = isWhole ? output(rows) : replaceBetweenMarks(name, before, output(rows));
  const after = await format(name, text);
  if (before === after) continue;
  stale += 1;
  console.log(`${check ? 'stale' : 'written'}: ${name}`);
  if (!check) await writeFile(file, after);
}
if (check && stale > 0) {
  console.error(
    'The table of props says something else. Run `npm run props` and commit the result.',
  );
  process.exit(1);
}

function replaceBetweenMarks(name, text, output) {
  const marks = /^(.*props: begin.*\n)[^]*?^(.*props: end.*)$/gm;
  if (text.match(marks)?.length !== 1) {
    throw new Error(`${name} needs one line with "props: begin" and one with "props: end".`);
  }
  return text.replace(marks, (_, begin, end) => `${begin}${output}\n${end}`);
}

/** As the linter wants it, which leaves Markdown alone. */
async function format(name, text) {
  if (name.endsWith('.md')) return text;
  const options = await prettier.resolveConfig(path.join(root, name));
  return prettier.format(text, { ...options, filepath: name });
}
