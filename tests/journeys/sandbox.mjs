// A running sandbox, and what a test asks of it.

import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** The older Flex UI that is tried, if one is: see `npm test -- flex`. */
export const olderFlex = process.env.FLEX_VERSION;

const binary = process.env.SANDBOX_BIN || path.join(root, 'target', 'debug', 'sandbox');

/** Starts a sandbox on free ports. It ends with this process, or by `stop`. */
export async function startSandbox() {
  const args = ['--port', '0', '--root', root, '--until-stdin-closes'];
  if (olderFlex) args.push('--flex', `sandbox/dist/flex-${olderFlex}.js`);
  const child = spawn(binary, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const landing = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(`The sandbox ended (${code}) before it was ready.`)),
    );
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /^ready (\S+)\/$/.exec(line);
      if (ready) resolve(ready[1]);
    });
  });
  const origins = await (await fetch(`${landing}/sandbox.json`)).json();
  return {
    origins,
    control: new Control(landing),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}

/** The control API, see sandbox/README.md. */
class Control {
  constructor(landing) {
    this.landing = landing;
  }

  async call(method, path, body) {
    const response = await fetch(`${this.landing}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  }

  async reset() {
    await this.call('DELETE', 'scenario');
    await this.call('DELETE', 'tasks');
    await this.account('set_up');
  }

  /** Begins a new Twilio account of a kind. */
  account(kind) {
    return this.call('POST', 'account', { kind });
  }

  /** Presence is off unless the journey is about it: most are about what is there without. */
  scenario(switches) {
    const { settings } = switches;
    const all = settings ? { ...switches, settings: { presence: false, ...settings } } : switches;
    return this.call('POST', 'scenario', all);
  }

  /** The plugin's settings, as a Flex that starts now would find them. */
  settings() {
    return this.call('GET', 'settings');
  }

  /** Adds a task that the agent has accepted; answers its reservation SID. */
  async task(name, attributes = {}, channel = 'chat') {
    const task = { name, channel, attributes, accepted: true };
    return (await this.call('POST', 'tasks', task)).reservation;
  }

  /** The tasks that the agent still has, the oldest first. */
  tasks() {
    return this.call('GET', 'tasks');
  }

  /** How a task stands, with its attributes as TaskRouter has them. */
  taskState(reservation) {
    return this.call('GET', `tasks/${reservation}`);
  }

  /** `cancel`, `transfer`, `complete` or `wrapup`. */
  end(reservation, how) {
    return this.call('POST', `tasks/${reservation}/${how}`);
  }

  attributes(reservation, attributes) {
    return this.call('PATCH', `tasks/${reservation}`, { attributes });
  }

  /** What was asked of Glance's Presence service, and who is connected to it. */
  presence() {
    return this.call('GET', 'presence');
  }

  /** Every authorization so far runs out now. */
  expireAuthorizations() {
    return this.call('POST', 'presence/expire');
  }

  /** Cuts the connections of all agents to the Presence service, once. */
  dropAgents() {
    return this.call('POST', 'presence/drop');
  }

  unknownCalls() {
    return this.call('GET', 'unknown');
  }
}
