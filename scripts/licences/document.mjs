// THIRD-PARTY-LICENSES: first what there is, section by section, then the licences' texts.

const RULE = '='.repeat(80);

const INTRODUCTION = `Third-party licences of flex-glance

flex-glance itself is under MIT OR Apache-2.0. What follows was written by others and is in the files of
\`dist/\`: compiled, bundled, or written there by a tool. Some of it is changed: see \`patches\` in
flex-glance's sources. \`npm run licences\` writes this file.
`;

/** The sections' titles, in their order. */
export const TITLES = {
  crates: 'Crates that the component is compiled from, or whose macros write its code',
  standard: "Rust's standard library, and the crates in it",
  tools: 'Tools that add code of their own',
  packages: 'npm packages in the bundles',
};

/**
 * @param {Record<string, {name: string, version: string}[]>} sections By the keys of `TITLES`.
 * @param {{crates: {name: string, version: string}[], licence: string, text: string}[]} texts
 * @returns {string} The file.
 */
export function writeDocument(sections, texts) {
  const listed = Object.entries(TITLES).map(([key, title]) => {
    const lines = sections[key].map((part) => `  ${asText(part)}: ${licencesOf(part, texts)}`);
    return [`${title}:`, ...(lines.length > 0 ? lines : ['  none']), ''].join('\n');
  });
  const blocks = Array.from(together(texts), ([words, names]) =>
    [RULE, `Of: ${[...names].sort().join(', ')}`, '', words].join('\n'),
  );
  return [INTRODUCTION, ...listed, ...blocks].join('\n');
}

/**
 * @param {string} document What `writeDocument` wrote.
 * @returns {{sections: Record<string, {name: string, version: string}[]>, covered: Set<string>}} What it
 *   lists, and `name version` of everything that it holds a licence's text for.
 */
export function readDocument(document) {
  const [list, ...blocks] = document.split(`${RULE}\n`);
  const sections = {};
  for (const [key, title] of Object.entries(TITLES)) {
    const [, after] = list.split(`\n${title}:\n`);
    if (after === undefined) throw new Error(`THIRD-PARTY-LICENSES has no section “${title}”.`);
    const [lines] = after.split('\n\n');
    const parts = lines.matchAll(/^ {2}(\S+) (\S+): /gm);
    sections[key] = Array.from(parts, ([, name, version]) => ({ name, version }));
  }
  const covered = blocks.flatMap((block) => block.match(/^Of: (.+)$/m)[1].split(', '));
  return { sections, covered: new Set(covered) };
}

function licencesOf(part, texts) {
  const own = texts.filter(({ crates }) => crates.some((crate) => asText(crate) === asText(part)));
  if (own.length === 0) throw new Error(`There is no licence's text for ${asText(part)}.`);
  return [...new Set(own.map(({ licence }) => licence))].join(' AND ');
}

/** Each text once, with `name version` of everything that it is for. */
function together(texts) {
  const all = new Map();
  for (const { crates, text } of texts) {
    const words = tidy(text);
    all.set(words, new Set([...(all.get(words) ?? []), ...crates.map(asText)]));
  }
  return all;
}

/** Without blanks at the ends of lines, which no reader sees. */
function tidy(text) {
  const lines = text.replaceAll('\r', '').split('\n');
  return `${lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()}\n`;
}

function asText({ name, version }) {
  return `${name} ${version}`;
}
