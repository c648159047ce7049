// `npm run licences`: writes THIRD-PARTY-LICENSES, of everything that others wrote of `dist/`.
//
// It compiles cargo-about into `target/tools/` the first time, and wants `npm run build` to have run: what the
// bundles are made from is known since then.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { installAbout, textsOf } from './licences/about.mjs';
import {
  bindgen,
  crates,
  esbuild,
  npmPackages,
  rust,
  standardCrates,
  standardLibrary,
  STANDARD_FEATURES,
} from './licences/contents.mjs';
import { writeDocument } from './licences/document.mjs';
import { npmTexts, standardTexts } from './licences/texts.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

await installAbout(root);
const std = await rust(root);
const glue = await bindgen(root);
const sections = {
  crates: await crates(root),
  standard: [std, ...(await standardCrates(root))],
  tools: [await esbuild(root), glue],
  packages: await npmPackages(root),
};
const manifest = (...folders) => path.join(root, ...folders, 'Cargo.toml');
const standard = path.join(await standardLibrary(root), 'std', 'Cargo.toml');
const npm = [sections.tools[0], ...sections.packages];
const texts = [
  ...(await textsOf(root, manifest(), sections.crates, [])),
  ...(await standardTexts(root, std)),
  ...(await textsOf(root, standard, sections.standard.slice(1), STANDARD_FEATURES)),
  ...(await textsOf(root, manifest('scripts', 'bindgen'), [glue])),
  ...(await Promise.all(npm.map((part) => npmTexts(root, part)))),
];
await writeFile(path.join(root, 'THIRD-PARTY-LICENSES'), writeDocument(sections, texts));
const parts = Object.values(sections).flat().length;
console.log(`THIRD-PARTY-LICENSES: ${parts} parts, ${texts.length} texts`);
