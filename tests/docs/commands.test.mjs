/** The commands that the documents have people type. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { blocks, documents, inlineCode, read, root } from './documents.mjs';

const manifest = JSON.parse(read('package.json'));
const command = JSON.parse(read('cli/package.json'));

/** Commands of npm's own that the documents use. */
const NPM_OWN = 'ci deprecate dist-tag install pack publish unpublish view'.split(' ');

/** Where the documents show a shell: blocks of `sh`, lines that begin with `$`, and inline commands. */
function commands(text) {
  const shells = blocks(text).flatMap(({ language, code }) => {
    if (language === 'sh') return code.replace(/\\\n/g, ' ').split('\n');
    return Array.from(code.matchAll(/^\$ (.*)$/gm), ([, line]) => line);
  });
  return [...shells, ...inlineCode(text)].flatMap((line) =>
    line.split(/&&|\||\$\(/).filter((part) => /^\s*(npm|npx) /.test(part)),
  );
}

/** What is wrong with a command, or nothing. */
function problem(command) {
  const [program, ...words] = command
    .replace(/\s#.*$/, '')
    .trim()
    .split(/\s+/);
  const [name, ...rest] = words.filter((word) => word !== '--');
  if (program === 'npx') return problemOfNpx(name, rest);
  if (name === 'run') return problemOfScript(...rest);
  if (name in manifest.scripts) return problemOfScript(name, ...rest);
  return NPM_OWN.includes(name) ? undefined : `npm has no "${name}"`;
}

function problemOfNpx(name, words) {
  if (name === command.name) {
    const [wanted, ...options] = words;
    if (wanted === undefined || wanted === '--help') return undefined;
    return unknownWord(['cli/src/index.mjs', wanted], options.filter(isOption));
  }
  const [tool] = name.split('@');
  const isInstalled = existsSync(path.join(root, 'node_modules', '.bin', tool));
  return isInstalled ? undefined : `no package of the project brings ${tool}`;
}

function problemOfScript(name, ...words) {
  const script = manifest.scripts[name];
  if (!script) return `package.json has no script "${name}"`;
  const [, file] = script.split(' ');
  // What an option is given, such as a number, is not looked at.
  const told = words.filter((word, i) => isOption(word) || !isOption(words[i - 1] ?? ''));
  return told.length > 0 ? unknownWord([file], told) : undefined;
}

function isOption(word) {
  return word.startsWith('--');
}

/** Looks for words in what a program says of itself, or, where it says nothing, in its source. */
function unknownWord([file, ...args], words) {
  const said = helpOf(file, args);
  if (said === undefined) return `${file} does not know "${args}"`;
  const clean = words
    .map((word) => word.replace(/[^\w-].*$/, ''))
    .filter((word) => word !== '' && word !== '--help');
  const unknown = clean.filter((word) => !said.match(new RegExp(`(?<![\\w-])${word}(?![\\w-])`)));
  return unknown.length > 0 ? `${[file, ...args].join(' ')} has no ${unknown}` : undefined;
}

const helps = new Map();

function helpOf(file, args) {
  const key = [file, ...args].join(' ');
  if (!helps.has(key)) {
    const source = read(file);
    const { stdout, stderr } = source.includes('--help')
      ? spawnSync(process.execPath, [path.join(root, file), ...args, '--help'], {
          encoding: 'utf8',
        })
      : { stdout: source, stderr: '' };
    helps.set(key, /^There is no command/.test(stderr) ? undefined : stdout + stderr);
  }
  return helps.get(key);
}

test('every command of ours in the documents is there, with its options', () => {
  const all = documents().flatMap((name) =>
    commands(read(name)).map((command) => ({ name, command })),
  );
  assert.ok(all.length > 30, `${all.length} commands found`);
  const wrong = all.map((one) => ({ ...one, problem: problem(one.command) }));
  assert.deepEqual(
    wrong.filter((one) => one.problem),
    [],
  );
});

test('a command that is not there is found', () => {
  const known = ['npm start', 'npm test -- lint', 'npx flex-glance-cli doctor --page URL'];
  assert.deepEqual(known.map(problem), [undefined, undefined, undefined]);
  const unknown = [
    'npm run none',
    'npm none',
    'npm test -- none',
    'npm start -- --none',
    'npx flex-glance-cli none',
    'npx flex-glance-cli doctor --none',
    'npx none',
  ];
  assert.deepEqual(
    unknown.filter((command) => !problem(command)),
    [],
  );
});

test('a shell can read every block for it', () => {
  const shells = documents().flatMap((name) =>
    blocks(read(name))
      .filter(({ language }) => language === 'sh')
      .map((block) => ({ name, ...block })),
  );
  assert.ok(shells.length > 10, `${shells.length} blocks found`);
  for (const { name, line, code } of shells) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
    assert.equal(status, 0, `${name}:${line}: ${stderr}`);
  }
  assert.notEqual(spawnSync('bash', ['-n'], { input: 'echo "' }).status, 0);
});
