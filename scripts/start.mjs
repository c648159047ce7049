// `npm start`: sets up and runs the sandbox.

import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { parseArgs } from 'node:util';

import { run } from './run.mjs';
import { root, setUp } from './setup.mjs';

const HELP = `Usage: npm start -- [--port N] [--no-open] [--everyday]

Sets up everything and runs the sandbox: a shop for the visitor, the genuine Flex UI for the agent,
and stand-ins for Twilio and Glance. Ends with a line "ready http://127.0.0.1:N/".

  --port N    first of five neighbouring ports (default 4600; 0 takes free ones)
  --no-open   do not open the browser
  --everyday  with the everyday build of the component, which is made sooner and is larger
  --help      this text

Ctrl-C stops it.`;

const options = readOptions();
try {
  // A changed text shows at once.
  await run(process.execPath, ['scripts/texts.mjs'], { cwd: root });
  await setUp(options.everyday);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
serve(options);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4600' },
        'no-open': { type: 'boolean', default: false },
        everyday: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65531) {
      throw new Error(`--port takes a number from 0 to 65531, not "${values.port}".`);
    }
    return { port, open: !values['no-open'], everyday: values.everyday };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

function serve({ port, open }) {
  // The sandbox ends with its standard input, so it cannot outlive this process, however it ends.
  const binary = path.join(root, 'target', 'debug', 'sandbox');
  const args = ['--port', String(port), '--root', root, '--until-stdin-closes'];
  const sandbox = spawn(binary, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  readline.createInterface({ input: sandbox.stdout }).on('line', (line) => {
    console.log(line);
    const ready = /^ready (\S+)$/.exec(line);
    if (ready && open) openBrowser(ready[1]);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => sandbox.stdin.end());
  }
  sandbox.on('exit', (code) => process.exit(code === null ? 1 : code));
}

/** Opens the page where there is a screen to see it on. */
function openBrowser(url) {
  const opener = { darwin: 'open', linux: 'xdg-open' }[process.platform];
  if (!opener || (process.platform === 'linux' && !process.env.DISPLAY)) return;
  const browser = spawn(opener, [url], { stdio: 'ignore', detached: true });
  browser.on('error', () => console.log(`Open ${url} in your browser.`));
  browser.unref();
}
