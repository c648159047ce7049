// Says how far a long step has come: crates compiled of how many, packages installed of how many.

import { readFileSync } from 'node:fs';

/** A terminal's line is written anew this often, a log gets a line of its own that often, in ms. */
const [TERMINAL_MS, LOG_MS] = [200, 15_000];

/** Erases a terminal's line from the cursor on. */
const ERASE = '\u001b[K';

/** Says a line, in the place of the progress that stands there. */
export function say(line) {
  console.log(process.stdout.isTTY ? `${ERASE}${line}` : line);
}

/**
 * @param {string} what The step.
 * @returns {(done: number, total: number, unit: string) => void} Tells how much of how much is done.
 */
export function progressOf(what) {
  const terminal = process.stdout.isTTY;
  let last = Date.now();
  return (done, total, unit) => {
    if (Date.now() - last < (terminal ? TERMINAL_MS : LOG_MS)) return;
    last = Date.now();
    const line = `… ${what}: ${done} of ${total} ${unit}`;
    process.stdout.write(terminal ? `${ERASE}${line}\r` : `${line}\n`);
  };
}

/** For cargo's output, with its bar switched on by `CARGO_BAR`: `Building [==>   ] 12/90: serde`. */
export function crates(report) {
  return (output) => {
    const bars = [...output.matchAll(/\] (\d+)\/(\d+)/g)];
    const last = bars.at(-1);
    if (last) report(Number(last[1]), Number(last[2]), 'crates');
  };
}

/** For npm's output at the log level `http`: a line for each package that it fetches. */
export function packagesOf(lock, report) {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
  const total = Object.keys(packages).filter(Boolean).length;
  let done = 0;
  return (output) => {
    done += output.match(/\.tgz\b/g)?.length ?? 0;
    if (done > 0) report(Math.min(done, total), total, 'packages');
  };
}

export const CARGO_BAR = { CARGO_TERM_PROGRESS_WHEN: 'always', CARGO_TERM_PROGRESS_WIDTH: '60' };
