// Runs one command of the set-up, quietly unless it fails.

import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: object, show?: boolean, watch?: (output: string) => void}} [options]
 *   `show`: let its output through. `watch`: hears what it says of its progress on standard error.
 * @returns {Promise<string>} Its standard output (empty if shown).
 * @throws {Error} With the command and the end of its output, if it fails or is not there.
 */
export function run(command, args, { cwd, env, show = false, watch } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let all = '';
    if (!show) {
      child.stdout.on('data', (data) => {
        stdout += data;
        all += data;
      });
      child.stderr.on('data', (data) => {
        all += data;
        if (watch) watch(String(data));
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(stdout);
      reject(
        new Error(`${command} ${args.join(' ')} failed (${code}).\n${shown(all).slice(-8000)}`),
      );
    });
  });
}

/** What a terminal shows of it in the end: a progress bar writes over itself. */
function shown(output) {
  return output.replace(/[^\n]*\r(?!\n)/g, '');
}
