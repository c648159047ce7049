// What is under way, for people: in a terminal a line that changes, elsewhere a line for each step.

import { headline } from './step.mjs';

/** Of a terminal that does not tell its own. */
const WIDTH = 80;
/** Beside the line: a mark, and how long it took. */
const BESIDE = 14;

/**
 * @param {{isTTY?: boolean, columns?: number, write: (text: string) => void}} output
 * @param {(text: string) => string} clean Takes out secrets, and what is not seen.
 */
export function createProgress(output, clean) {
  let line = '';
  let beganMs = 0;
  return {
    begin(what) {
      line = clean(headline(what));
      const most = Math.max((output.columns || WIDTH) - BESIDE, 1);
      // A line that wraps could not be taken back.
      if (output.isTTY && line.length > most) line = `${line.slice(0, most - 1)}…`;
      beganMs = Date.now();
      output.write(output.isTTY ? `… ${line}` : `${line} …\n`);
    },
    end(how = 'done') {
      const seconds = ((Date.now() - beganMs) / 1000).toFixed(1);
      const mark = how === 'done' ? '✓' : '✗';
      if (output.isTTY) output.write(`\r\x1b[K${mark} ${line} (${seconds} s)\n`);
      else if (how !== 'done') output.write(`${line}: ${how}. Looking what is there …\n`);
    },
  };
}
