/** The command line as users get it: out of the packed npm package, in a folder of its own. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Packs and unpacks the package. `remove` takes the folder away. */
export function unpackPackage() {
  const home = mkdtempSync(path.join(os.tmpdir(), 'flex-glance-cli-'));
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', home];
  const packed = execFileSync('npm', pack, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename }] = Object.values(JSON.parse(packed));
  execFileSync('tar', ['-xzf', filename], { cwd: home });
  const folder = path.join(home, 'package');
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const program = path.join(folder, bin['flex-glance']);
  return {
    home,
    program,
    remove: () => rmSync(home, { recursive: true }),
    /** Runs `flex-glance` with these arguments, in the folder `home`. */
    run(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: home,
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    },
  };
}
