// cargo-about: the licences of crates, with their texts as the crates hold them.

import { existsSync } from 'node:fs';
import path from 'node:path';

import { run } from '../run.mjs';

const VERSION = '0.9.3';
const PROGRAM = path.join('target', 'tools', 'bin', 'cargo-about');

// The text of a licence whose crate holds none.
const UNNAMED = /^Copyright \(c\) <year> <copyright holders>$/m;

/**
 * Compiles cargo-about into `target/tools/` unless it is there.
 * @param {string} root The project's folder.
 */
export async function installAbout(root) {
  const program = path.join(root, PROGRAM);
  const there = existsSync(program) && (await run(program, ['--version']));
  if (there && there.trim().endsWith(` ${VERSION}`)) return;
  const args = ['install', 'cargo-about', '--version', VERSION, '--locked', '--features', 'cli'];
  await run('cargo', [...args, '--root', path.join(root, 'target', 'tools')], {
    cwd: root,
    show: true,
  });
}

/**
 * @param {string} root The project's folder.
 * @param {string} manifest A crate's `Cargo.toml`.
 * @param {{name: string, version: string}[]} crates Those to tell of, among what it depends on.
 * @param {string[]} [features] Options of Cargo.
 * @returns {Promise<{crates: {name: string, version: string}[], licence: string, text: string}[]>} Each
 *   text once.
 * @throws {Error} If a crate's licence is not accepted, or not found.
 */
export async function textsOf(root, manifest, crates, features = []) {
  const config = path.join(root, 'scripts', 'licences', 'about.toml');
  const args = ['generate', '--locked', '--fail', '--format', 'json', '--config', config];
  const output = await run(
    path.join(root, PROGRAM),
    [...args, '--manifest-path', manifest, ...features],
    // The standard library's own crates ask for features of nightly.
    { cwd: root, env: { RUSTC_BOOTSTRAP: '1' } },
  );
  const texts = JSON.parse(output).licenses.flatMap((licence) => named(licence, crates));
  const found = new Set(texts.flatMap((text) => text.crates.map(asText)));
  const missing = crates.filter((crate) => !found.has(asText(crate)));
  if (missing.length > 0) {
    throw new Error(`cargo-about tells nothing of ${missing.map(asText).join(', ')}.`);
  }
  return texts;
}

/** A licence's text for those of these crates that are under it, with the names of who gave it. */
function named({ id, text, used_by }, crates) {
  const wanted = new Set(crates.map(asText));
  const users = used_by.map((user) => user.crate).filter((crate) => wanted.has(asText(crate)));
  const entry = (some, words) => ({
    crates: some.map(({ name, version }) => ({ name, version })),
    licence: id,
    text: words,
  });
  if (!UNNAMED.test(text)) return users.length > 0 ? [entry(users, text)] : [];
  return users.map((crate) =>
    entry([crate], text.replace(UNNAMED, `Copyright (c) ${holder(crate)}`)),
  );
}

function holder({ name, authors }) {
  return authors.length > 0 ? authors.join(', ') : `the developers of ${name}`;
}

function asText({ name, version }) {
  return `${name} ${version}`;
}
