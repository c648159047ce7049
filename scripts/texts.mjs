// Writes what is made from the texts in `locales/`: the Rust enum `Text`, and the interface `Strings` of
// index.d.ts.
//
//   npm run texts     after a change in locales/; commit what it writes (a test compares)
//
// `en.json` and `es.json` hold the texts by their names in the prop `strings`, with `{word}` for what is
// filled in. `descriptions.json` says what each is for, to translators and plugin authors.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// Shown where there is no WebAssembly module, so JavaScript alone has them. So are the doctor's.
const WITHOUT_MODULE = ['no_wasm', 'no_module', 'stopped'];

const RUST = 'src/core/strings/text.rs';
const TYPES = 'index.d.ts';
const MARKS = ['  // Written by `npm run texts`.\n', '  // To here.\n'];

/**
 * @returns {Record<string, Record<string, string>>} The texts by name, of each file of `locales/`.
 * @throws {Error} If a text is missing, or is not fit to be shown; it names all that are not.
 */
function readLocales() {
  const read = (name) => readFileSync(path.join(root, 'locales', `${name}.json`), 'utf8');
  const names = ['en', 'es', 'descriptions'];
  const sources = Object.fromEntries(names.map((name) => [name, read(name)]));
  const found = problems(sources);
  if (found.length > 0) throw new Error(found.join('\n'));
  return Object.fromEntries(names.map((name) => [name, JSON.parse(sources[name])]));
}

/** Whether a text is shown by Rust. */
function isInModule(name) {
  return !name.startsWith('doctor_') && !WITHOUT_MODULE.includes(name);
}

/**
 * @param {Record<string, string>} sources The contents of `locales/*.json`, by name.
 * @returns {string[]} What is wrong with them, and what to do.
 */
export function problems({ en, ...others }) {
  const english = JSON.parse(en);
  const found = misprints('en', en, english);
  for (const [locale, source] of Object.entries(others)) {
    const texts = JSON.parse(source);
    found.push(...misprints(locale, source, texts));
    const file = `locales/${locale}.json`;
    for (const name of Object.keys(texts)) {
      if (Object.hasOwn(english, name)) continue;
      found.push(`${file}: "${name}" is not in locales/en.json. Remove it, or add it there.`);
    }
    for (const [name, text] of Object.entries(english)) {
      if (!Object.hasOwn(texts, name)) {
        found.push(`${file}: "${name}" is missing. Add it; in English it is "${text}".`);
      } else if (placeholders(texts[name]) !== placeholders(text)) {
        const expected = placeholders(text) || 'no words in braces';
        found.push(`${file}: "${name}" needs ${expected}, as in locales/en.json.`);
      }
    }
  }
  return found;
}

function misprints(locale, source, texts) {
  const file = `locales/${locale}.json`;
  const found = [];
  for (const [name, text] of Object.entries(texts)) {
    if (!/^[a-z]+(_[a-z]+)*$/.test(name)) {
      found.push(`${file}: "${name}" is no name. Write it in lower case, with _ between words.`);
    }
    if (typeof text !== 'string' || !/^(?! )[^\p{Cc}]+(?<! )$/u.test(text)) {
      found.push(`${file}: "${name}" has to be one line of text without spaces round it.`);
    }
  }
  // A name that is there twice is lost when JSON is read.
  if (found.length === 0 && source !== `${JSON.stringify(texts, null, 2)}\n`) {
    found.push(`${file}: a name is there twice, or it is not one text a line, indented by two.`);
  }
  return found;
}

function placeholders(text) {
  return Array.from(String(text).matchAll(/\{\w+\}/g), ([whole]) => whole)
    .sort()
    .join(' ');
}

/**
 * The files that are made from the texts.
 * @returns {Record<string, string>} Name to contents.
 */
export function made() {
  const { en, es, descriptions } = readLocales();
  const types = readFileSync(path.join(root, TYPES), 'utf8');
  return { [RUST]: rust(en, es), [TYPES]: withStrings(types, descriptions) };
}

function rust(english, spanish) {
  const names = Object.keys(english).filter(isInModule);
  const variant = (name) => name.replace(/(?:^|_)(\w)/g, (_, first) => first.toUpperCase());
  const quoted = (...texts) => texts.map((text) => JSON.stringify(text)).join(', ');
  const lines = (line) => names.map(line).join('\n');
  return `//! The table of the texts. Written by \`npm run texts\` from \`locales/\`.

/// A visible text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
${lines((name) => `    ${variant(name)},`)}
}

impl Text {
    /// Every text.
    pub const ALL: &'static [Self] = &[
${lines((name) => `        Self::${variant(name)},`)}
    ];

    /// The text's name in the \`strings\` prop.
    pub fn name(self) -> &'static str {
        TEXTS[self as usize][0]
    }

    pub(super) fn english(self) -> &'static str {
        TEXTS[self as usize][1]
    }

    pub(super) fn spanish(self) -> &'static str {
        TEXTS[self as usize][2]
    }
}

/// Name, English and Spanish of each, in the order of \`Text\`.
#[rustfmt::skip]
static TEXTS: [[&str; 3]; ${names.length}] = [
${lines((name) => `    [${quoted(name, english[name], spanish[name])}],`)}
];
`;
}

function withStrings(types, descriptions) {
  const [start, end] = MARKS.map((mark) => types.indexOf(mark));
  if (start < 0 || end < start) {
    throw new Error(`${TYPES} lacks the lines between which the texts are: ${MARKS.join('')}`);
  }
  const members = Object.entries(descriptions).map(
    ([name, description]) => `  /** ${description} */\n  ${name}?: string;\n`,
  );
  return types.slice(0, start) + MARKS[0] + members.join('') + types.slice(end);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const [file, contents] of Object.entries(made())) {
      if (readFileSync(path.join(root, file), 'utf8') === contents) continue;
      writeFileSync(path.join(root, file), contents);
      console.log(`wrote ${file}`);
    }
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
