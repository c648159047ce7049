// What has to be on the machine before anything can be set up.

import { spawnSync } from 'node:child_process';

const NEEDED = [
  ['rustup', ['--version'], 'Rust', "curl --proto '=https' -sSf https://sh.rustup.rs | sh"],
  ['cc', ['--version'], 'A C compiler', 'apt-get install gcc (macOS: xcode-select --install)'],
  ['npm', ['--version'], 'npm', 'apt-get install npm (or install Node.js 20 from nodejs.org)'],
  ['git', ['--version'], 'Git', 'apt-get install git (macOS: xcode-select --install)'],
  ['tar', ['--version'], 'tar', 'apt-get install tar'],
];

/**
 * @returns {string[]} One sentence for each tool that is missing: what, and how to get it.
 */
export function missingTools() {
  const missing = NEEDED.filter(([tool, args]) => spawnSync(tool, args).status !== 0).map(
    ([tool, , name, install]) => `${name} is missing (${tool} does not run): ${install}`,
  );
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20) {
    missing.push(`Node.js 20 or newer is needed, this is ${process.versions.node}: nvm install 20`);
  }
  return missing;
}
