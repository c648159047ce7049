// `cargo deny`: advisories, licences and sources of our Rust dependencies, by `deny.toml`.

import { spawnSync } from 'node:child_process';

import { run } from './run.mjs';

const VERSION = '0.20.2';

/**
 * Checks what can be checked here. The hosted workflow checks everything.
 * @param {string} root The project's folder.
 * @returns {Promise<string[]>} What could not be checked, and why.
 * @throws {Error} If a dependency is not as `deny.toml` says; the findings are shown.
 */
export async function deny(root) {
  const check = (...args) =>
    run('cargo', ['deny', '--locked', '--workspace', ...args], { cwd: root, show: true });
  if (spawnSync('cargo', ['deny', '--version'], { cwd: root }).status !== 0) {
    return [`cargo deny (not installed: cargo install cargo-deny --version ${VERSION} --locked)`];
  }
  await check('check', 'licenses', 'sources');
  const fetched = await run('cargo', ['deny', 'fetch', 'db'], { cwd: root }).then(
    () => true,
    () => false,
  );
  if (!fetched) return ['advisories of cargo deny (their database could not be fetched)'];
  await check('--offline', 'check', 'advisories');
  return [];
}
