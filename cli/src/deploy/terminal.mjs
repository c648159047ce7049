// Questions in a terminal. Node's own `readline` does it: prompt libraries bring a look of their own.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * @param {{input: NodeJS.ReadStream, output: NodeJS.WriteStream}} streams `output` is the one for people.
 */
export function createTerminal({ input, output }) {
  /** @returns {Promise<string | undefined>} Undefined where Ctrl-C, or the end of input, came instead. */
  async function ask(question, { isSecret = false } = {}) {
    let isMuted = false;
    const shown = new Writable({
      write(chunk, _encoding, done) {
        if (!isMuted) output.write(chunk);
        done();
      },
    });
    const lines = createInterface({ input, output: shown, terminal: true });
    const answer = await new Promise((resolve) => {
      lines.on('SIGINT', () => resolve(undefined));
      lines.on('close', () => resolve(undefined));
      lines.question(question, (text) => {
        // What was pasted behind it may be the secret that is asked for next.
        isMuted = true;
        resolve(text);
      });
      isMuted = isSecret;
    });
    lines.close();
    // What was typed ended the line, where it was shown.
    if (isSecret || answer === undefined) output.write('\n');
    return answer?.trim();
  }

  return {
    isThere: Boolean(input.isTTY && output.isTTY),
    /**
     * Asks until there is an answer that `read` takes.
     * @throws {Error} If there will be none. Nothing is asked but before anything is changed.
     */
    async ask(question, { isSecret, read = (text) => text } = {}) {
      for (;;) {
        const text = await ask(`${question}: `, { isSecret });
        if (text === undefined) throw new Error('Nothing was changed.');
        if (text === '') continue;
        try {
          return read(text);
        } catch (error) {
          output.write(`${error.message}\n`);
        }
      }
    },
    /** No answer is no. */
    async confirm(question) {
      return /^y(es)?$/i.test((await ask(`${question} [y/N] `)) ?? '');
    },
  };
}
