// The project's documents, and what of them the tests look at.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { parseFragment } from 'parse5';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const FOLDERS = ['.', 'bench', 'docs', 'functions', 'sandbox'];

const markdown = new MarkdownIt({ html: true });

/** @returns {string[]} Every document, by its path from the project's root. */
export function documents() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.posix.join(folder, name)),
  );
}

export function read(name) {
  return readFileSync(path.join(root, name), 'utf8');
}

/**
 * @param {string} text A document's.
 * @returns {{language: string, code: string, line: number}[]} Its code blocks; `line` is that of the
 *   first line of code.
 */
export function blocks(text) {
  return markdown
    .parse(text, {})
    .filter(({ type }) => type === 'fence' || type === 'code_block')
    .map(({ info, content, map }) => ({ language: info.trim(), code: content, line: map[0] + 2 }));
}

/** @returns {string[]} What a document's sentences and tables have in `code`. */
export function inlineCode(text) {
  return markdown
    .parse(text, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'code_inline')
    .map(({ content }) => content);
}

/**
 * @param {string} text A document's.
 * @returns {{links: string[], anchors: Set<string>}} Where it leads, pictures among it, and where others
 *   can lead to in it, as GitHub names it.
 */
export function outline(text) {
  const links = [];
  const anchors = new Set();
  const slugger = new GithubSlugger();
  for (const element of elements(parseFragment(markdown.render(text)))) {
    const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
    for (const name of ['href', 'src', 'srcset']) {
      if (attributes.has(name)) links.push(attributes.get(name));
    }
    if (/^h[1-6]$/.test(element.tagName)) anchors.add(slugger.slug(textOf(element)));
    if (attributes.has('id')) anchors.add(attributes.get('id'));
  }
  return { links, anchors };
}

function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child;
    yield* elements(child);
  }
}

function textOf(node) {
  return node.value ?? (node.childNodes ?? []).map(textOf).join('');
}
