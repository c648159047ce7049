/**
 * The sandbox's account, and `flex-glance deploy` in it: as a program of its own out of the packed package, which
 * comes to the sandbox by the preload of `sandbox/account/`, or in this process, without waiting.
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readAccount } from '../../cli/src/deploy/account.mjs';
import { carryOut } from '../../cli/src/deploy/carry-out.mjs';
import { createTwilio } from '../../cli/src/deploy/twilio.mjs';
import { request } from '../../cli/src/doctor/request.mjs';
import { ACCOUNT_SID, GROUP_ID, ROOT, SECRETS, startSandbox } from '../function/sandbox.mjs';
import { environment, unpackPackage } from './package.mjs';

export { ACCOUNT_SID, SECRETS };

export const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: SECRETS.AUTH_TOKEN,
};

/** What a first run is given. */
export const GIVEN = {
  ...CREDENTIALS,
  GLANCE_API_KEY: SECRETS.GLANCE_API_KEY,
  GLANCE_GROUP_ID: GROUP_ID,
};

export async function startAccount() {
  const sandbox = await startSandbox();
  const { landing, desktop } = sandbox.origins;

  async function control(method, name, body) {
    const response = await fetch(`${landing}/control/${name}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    assert.ok(
      response.ok,
      `${method} ${name}: ${response.status} ${await response.clone().text()}`,
    );
    return response.status === 204 ? undefined : response.json();
  }

  /** Leads what is asked of Twilio to the sandbox. */
  function ask({ host, pathname, search }, init) {
    return request(new URL(`/twilio/${host}${pathname}${search}`, desktop), init);
  }

  const twilioBy = (asks, patienceMs = 5000) =>
    createTwilio({
      credentials: { user: ACCOUNT_SID, secret: SECRETS.AUTH_TOKEN },
      ask: asks,
      wait: async () => {},
      patienceMs,
    });

  return {
    desktop,
    ask,
    stop: sandbox.stop,
    begin: (kind) => control('POST', 'account', { kind }),
    show: () => control('GET', 'account'),
    fault: (match, fault, times = 1) => control('POST', 'account/faults', { match, fault, times }),
    calm: () => control('DELETE', 'account/faults'),
    /** Somebody else, who works with the same account. */
    other: twilioBy(ask),
    /** The account, as deploy reads it. */
    read: () => readAccount(twilioBy(ask), ACCOUNT_SID),
    /** Carries a goal out in this process. */
    async carryOut(goal, { asks = ask, patienceMs, onChanged = refuse } = {}) {
      const twilio = twilioBy(asks, patienceMs);
      const account = await readAccount(twilio, ACCOUNT_SID);
      return carryOut(account, goal, { twilio, progress: { begin() {}, end() {} }, onChanged });
    },
  };
}

function refuse(_now, changed) {
  throw new Error(`Changed: ${changed.join()}`);
}

/** The goal of a deployment in this process. */
export function goalOf({ version = '0.1.0', settings = {}, bundle = 'plugin' } = {}) {
  return {
    version,
    code: readFileSync(path.join(ROOT, 'functions/getloginkey.js'), 'utf8'),
    bundle: Buffer.from(bundle),
    bundleDigest: createHash('sha256').update(bundle).digest('hex').slice(0, 12),
    variables: {
      GLANCE_API_KEY: SECRETS.GLANCE_API_KEY,
      GLANCE_GROUP_ID: GROUP_ID,
      GLANCE_EXPIRATION: '3600',
    },
    settings: { group_id: Number(GROUP_ID), ...settings },
  };
}

/** The packed command, in a folder of its own. */
export function unpackCommand(desktop) {
  const { home, program, remove } = unpackPackage();
  const folder = path.join(home, 'package');

  /** Starts `flex-glance deploy`. `env` is what is given besides the account; `input` standard input. */
  function start(args, { env = GIVEN, input = '' } = {}) {
    const child = spawn(process.execPath, [program, 'deploy', ...args], {
      cwd: home,
      env: environment({
        NODE_OPTIONS: `--require ${ROOT}/sandbox/account/loopback.cjs`,
        SANDBOX_TWILIO: desktop,
        ...env,
      }),
    });
    child.stdin.end(input);
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => (told[name] += text));
    }
    const ended = once(child, 'close').then(([status]) => {
      const all = told.stdout + told.stderr;
      for (const secret of [...Object.values(SECRETS), 'canary']) {
        for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, -4)]) {
          assert.ok(!all.includes(form), `${secret} is told`);
        }
      }
      return { status, ...told };
    });
    return { child, told, ended };
  }

  return {
    home,
    remove,
    start,
    run: (args, how) => start(args, how).ended,
    /** The package at another version, with another plugin. */
    release(version, plugin = `/* plugin ${version} */`) {
      const manifest = path.join(folder, 'package.json');
      const rest = JSON.parse(readFileSync(manifest, 'utf8'));
      writeFileSync(manifest, JSON.stringify({ ...rest, version }));
      writeFileSync(path.join(folder, 'deployed/plugin.js'), plugin);
    },
  };
}
