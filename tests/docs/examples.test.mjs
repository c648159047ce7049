/** The code that the documents show. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { parse, parseFragment } from 'parse5';

import { scriptTag } from '../../dist/visitor.mjs';
import { blocks, documents, read, root } from './documents.mjs';

/** What a block may be, and where else than here it is looked at. */
const LANGUAGES = {
  js: '',
  jsx: '',
  ts: '',
  tsx: '',
  diff: '',
  html: '',
  json: '',
  sh: 'commands.test.mjs',
  liquid: 'tests/cli/studio.test.mjs',
  text: 'no code',
};

/** Examples that are one program: `tests/matrix/checks/jest.mjs` runs these. */
const ONE_PROGRAM = 'docs/testing.md';

const all = documents().flatMap((document) =>
  blocks(read(document)).map((block) => ({ document, ...block })),
);
const of = (...languages) => all.filter(({ language }) => languages.includes(language));
const at = ({ document, line }) => `${document}:${line}`;

test('every block of code says in which language it is', () => {
  assert.ok(all.length > 50, `${all.length} blocks found`);
  const unknown = all.filter(({ language }) => !Object.hasOwn(LANGUAGES, language));
  assert.deepEqual(unknown.map(at), []);
});

test('every example in JavaScript and TypeScript is one that tsc accepts', () => {
  const examples = [
    ...of('js', 'jsx', 'ts', 'tsx'),
    ...of('diff').map((block) => ({ ...block, language: 'js', code: after(block.code) })),
    ...of('html').flatMap(scripts),
  ];
  assert.ok(examples.length > 20, `${examples.length} examples found`);
  assert.equal(typecheck('documents', examples), '');
});

test('an example that is wrong is found, at its line in the document', () => {
  const wrong = [
    "registerTaskCanvasHeader(flex, manager, { ...props, openlocation: 'popup' });\n",
    "import { none } from 'flex-glance';\n",
    'none();\n',
  ].map((code, i) => ({ document: 'none.md', line: 12 + i, language: 'js', code }));
  const said = typecheck('wrong', wrong);
  for (const { line } of wrong) {
    assert.match(said, new RegExp(`none\\.md-${line}\\.js\\(${line},\\d+\\): error`));
  }
});

test('every block of JSON can be read as such', () => {
  const found = of('json');
  assert.ok(found.length > 3, `${found.length} blocks found`);
  for (const block of found) assert.doesNotThrow(() => JSON.parse(block.code), at(block));
  assert.throws(() => JSON.parse("{ 'a': 1 }"));
});

test('every block of HTML is free of faults', () => {
  const faults = ({ code }) => {
    const codes = [];
    parse(`<!doctype html><title>x</title>${code}`, {
      onParseError: ({ code: fault }) => codes.push(fault),
    });
    return codes;
  };
  const found = of('html');
  assert.ok(found.length > 3, `${found.length} blocks found`);
  for (const block of found) assert.deepEqual(faults(block), [], at(block));
  assert.notDeepEqual(faults({ code: '<b id="1" id="2">' }), []);
});

test('the script tag in the documents is the one that scriptTag writes', () => {
  const tags = of('html').filter(({ code }) => code.includes('id="glance-cobrowse"'));
  assert.ok(tags.length > 0);
  const written = scriptTag({ groupid: 12345, cookiedomain: 'example.com' });
  for (const block of tags) assert.equal(block.code.trim(), written, at(block));
});

/** What a change leaves. */
function after(diff) {
  return diff.replace(/^-.*$/gm, '').replace(/^\+/gm, '');
}

/** The scripts in a block of HTML. */
function scripts(block) {
  const { childNodes } = parseFragment(block.code, { sourceCodeLocationInfo: true });
  return childNodes
    .filter(({ tagName, childNodes: inside }) => tagName === 'script' && inside.length > 0)
    .map(({ childNodes: [text] }) => ({
      ...block,
      language: 'js',
      code: text.value,
      line: block.line + text.sourceCodeLocation.startLine - 1,
    }));
}

/**
 * Type-checks each example as a module of its own, with `assumed.ts`.
 * @returns {string} What tsc says. Line numbers are those of the documents.
 */
function typecheck(folder, examples) {
  const out = path.join(root, 'target', 'docs', folder);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(path.join(out, 'src', '__tests__'), { recursive: true });
  const programs = examples.filter(({ document }) => document !== ONE_PROGRAM);
  const parts = examples.filter(({ document }) => document === ONE_PROGRAM);
  for (const example of programs) write(out, nameOf(example), [example]);
  // The test of a plugin imports the one of the README from the folder above.
  if (parts.length > 0) {
    const plugin = programs.find(({ code }) => code.includes('class GlancePlugin'));
    write(out, path.join('src', 'GlancePlugin.js'), [plugin]);
    write(out, path.join('src', '__tests__', nameOf(parts[0])), parts);
  }
  const config = {
    extends: '../../../tests/types/tsconfig.json',
    compilerOptions: {
      allowJs: true,
      checkJs: true,
      // JavaScript names no types of arguments.
      noImplicitAny: false,
      module: 'esnext',
      moduleResolution: 'bundler',
    },
    include: ['.', '../../../tests/docs/assumed.ts'],
  };
  writeFileSync(path.join(out, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-p', out], { cwd: out, encoding: 'utf8' }).stdout;
}

function nameOf({ document, line, language }) {
  return `${document.replaceAll('/', '-')}-${line}.${language}`;
}

/** Writes examples below each other, each at its line in the document. */
function write(out, name, examples) {
  let text = '';
  for (const { code, line } of examples) {
    text += '\n'.repeat(line - text.split('\n').length) + code;
  }
  writeFileSync(path.join(out, name), `${text}\nexport {};\n`);
}
