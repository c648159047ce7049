/** The command line as users get it: out of its packed npm package, in a folder of its own. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the machine of a test says about its network is no part of the test. */
const OF_THE_NETWORK = /^((https?|all|no)_proxy|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY)$/i;

/** The environment of this process, without its network, with `changes`. */
export function environment(changes = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THE_NETWORK.test(name));
  return { ...Object.fromEntries(kept), ...changes };
}

/**
 * Runs Node.js while this process serves what it asks for.
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string>}} options `env` is what is changed.
 * @returns {Promise<{status: number | null, stdout: string, stderr: string}>}
 */
export async function runNode(args, { cwd, env } = {}) {
  const child = spawn(process.execPath, args, { cwd, env: environment(env), stdio: 'pipe' });
  const [closed, stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status: closed[0], stdout, stderr };
}

/**
 * Packs and unpacks a package. `remove` takes the folder away.
 * @param {string} [source] Its folder in the project: the command line's, if it is left out.
 */
export function unpackPackage(source = 'cli') {
  const home = mkdtempSync(path.join(os.tmpdir(), 'flex-glance-cli-'));
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', home];
  const packed = execFileSync('npm', pack, {
    cwd: path.join(root, source),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = Object.values(JSON.parse(packed));
  execFileSync('tar', ['-xzf', filename], { cwd: home });
  const folder = path.join(home, 'package');
  const { bin = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const program = path.join(folder, bin['flex-glance'] ?? '');
  return {
    home,
    program,
    remove: () => rmSync(home, { recursive: true }),
    /** Runs `flex-glance` with these arguments, in the folder `home`. */
    run(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: home,
        env: environment(),
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    },
  };
}
