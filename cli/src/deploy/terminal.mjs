// Questions in a terminal. Node's own `readline` does it: prompt libraries bring a look of their own.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * @param {{input: NodeJS.ReadStream, output: NodeJS.WriteStream}} streams `output` is the one for people.
 */
export function createTerminal({ input, output }) {
  async function ask(question, { isSecret = false } = {}) {
    let isMuted = false;
    const shown = new Writable({
      write(chunk, _encoding, done) {
        if (!isMuted) output.write(chunk);
        done();
      },
    });
    const lines = createInterface({ input, output: shown, terminal: true });
    try {
      return await new Promise((resolve, reject) => {
        lines.on('SIGINT', () => reject(new Error('Nothing was changed.')));
        lines.on('close', () => reject(new Error('Nothing was changed.')));
        lines.question(question, resolve);
        isMuted = isSecret;
      });
    } finally {
      lines.close();
      if (isSecret) output.write('\n');
    }
  }

  return {
    isThere: Boolean(input.isTTY && output.isTTY),
    /** Asks until there is an answer that `read` takes. */
    async ask(question, { isSecret, read = (text) => text } = {}) {
      for (;;) {
        const text = (await ask(`${question}: `, { isSecret })).trim();
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
      return /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim());
    },
  };
}
