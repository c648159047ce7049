// The sandbox's process: however it ends, nothing of it stays behind.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@playwright/test';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const binary = process.env.SANDBOX_BIN || path.join(root, 'target', 'debug', 'sandbox');

const ENDINGS = {
  'the end of its standard input': (sandbox) => sandbox.stdin.end(),
  'Ctrl-C': (sandbox) => sandbox.kill('SIGINT'),
  'a termination signal': (sandbox) => sandbox.kill('SIGTERM'),
  'being killed': (sandbox) => sandbox.kill('SIGKILL'),
};

test.describe('The sandbox leaves no process behind', () => {
  for (const [name, end] of Object.entries(ENDINGS)) {
    test(`after ${name}`, async () => {
      const sandbox = spawn(binary, ['--port', '0', '--root', root, '--until-stdin-closes'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      try {
        const origins = await ready(sandbox);
        // twilio-run forks a process for each request; the end comes while some are under way.
        const ask = () => fetch(`${origins.function}/getloginkey`, { method: 'POST' });
        expect((await ask()).status).toBeLessThan(500);
        const asked = Promise.allSettled([ask(), ask(), ask()]);
        let children = [];
        await expect
          .poll(() => (children = descendants(sandbox.pid)).length, { intervals: [5] })
          .toBeGreaterThan(1);

        const ended = new Promise((resolve) => sandbox.once('exit', resolve));
        end(sandbox);
        await ended;
        const left = () => processes().filter(({ pid }) => children.includes(pid));
        await expect.poll(left).toEqual([]);
        await asked;
      } finally {
        sandbox.kill('SIGKILL');
      }
    });
  }
});

async function ready(sandbox) {
  const landing = await new Promise((resolve, reject) => {
    sandbox.on('error', reject);
    readline.createInterface({ input: sandbox.stdout }).on('line', (line) => {
      const address = /^ready (\S+)\/$/.exec(line);
      if (address) resolve(address[1]);
    });
  });
  return (await fetch(`${landing}/sandbox.json`)).json();
}

/** The IDs of the processes that `pid` and its children have started. */
function descendants(pid) {
  const all = processes();
  const below = (parents) => {
    const children = all.filter(({ parent }) => parents.includes(parent)).map((it) => it.pid);
    return children.length ? [...children, ...below(children)] : [];
  };
  return below([pid]);
}

/** Every process that runs, with its parent; not those that only wait to be noticed as ended. */
function processes() {
  const lines = existsSync('/proc/self/stat') ? fromProc() : fromPs();
  return lines
    .map(([pid, parent, state]) => ({ pid: Number(pid), parent: Number(parent), state }))
    .filter(({ state }) => !/^[ZX]/.test(state));
}

function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [[pid, parent, state]];
      } catch {
        return []; // It has ended since.
      }
    });
}

function fromPs() {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
}
