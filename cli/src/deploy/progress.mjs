// What is under way, for people: in a terminal a line that changes, elsewhere a line for each step.

/**
 * @param {{isTTY?: boolean, write: (text: string) => void}} output
 * @param {(text: string) => string} strike Takes secrets out.
 */
export function createProgress(output, strike) {
  let line = '';
  let beganMs = 0;
  return {
    begin(what) {
      // Details were in the plan.
      line = strike(what.split('\n')[0].replace(/:$/, ''));
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
