// docs/browsers.md, made of what the engines have played.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const FILE = path.join(root, 'docs', 'browsers.md');
const FOLDER = path.join(root, 'target', 'engines');

/** What an engine is not. */
const NOTES = {
  Firefox: 'Debian’s, headless.',
  WebKit:
    'Safari’s engine, not Safari: tracking prevention and pop-ups differ. Debian’s MiniBrowser, on a virtual display.',
};

/** Notes what an engine has played, for `compareDocument`. */
export async function note(engine, version, played) {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(fileOf(engine), JSON.stringify({ engine, version, played }));
}

/**
 * @param {string[]} engines Whose notes count.
 * @param {boolean} write Whether docs/browsers.md is changed to say so.
 * @throws {Error} If it says something else, apart from versions, and is not changed.
 */
export async function compareDocument(engines, write) {
  const notes = [];
  for (const engine of engines) notes.push(JSON.parse(await readFile(fileOf(engine), 'utf8')));
  const text = browsers(notes);
  if (write) return writeFile(FILE, text);
  const said = await readFile(FILE, 'utf8');
  if (withoutVersions(said) === withoutVersions(text)) return;
  throw new Error(
    `docs/browsers.md does not say what this run has found. Write it with \`npm test -- engines --write\`:\n\n${text}`,
  );
}

function browsers(notes) {
  const stories = Array.from(new Set(notes.flatMap(({ played }) => played)));
  const rows = stories.map((story) => [
    story,
    ...notes.map(({ played }) => (played.includes(story) ? 'works' : '')),
  ]);
  const lines = [['', ...notes.map(({ version }) => version)], rows[0].map(() => '---'), ...rows];
  return `# Browsers

<!-- Written by \`npm test -- engines --write\`, from tests/engines/table.mjs. -->

Chromium plays every journey of \`tests/journeys\`. These engines play one journey for each story, in the
genuine Flex UI, with their own pop-up blockers, real clicks and real keys:

${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

${notes.map(({ engine, version }) => `- ${version}: ${NOTES[engine]}`).join('\n')}
`;
}

const fileOf = (engine) => path.join(FOLDER, `${engine}.json`);
const withoutVersions = (text) => text.replace(/\d+(\.\d+)*/g, '');
