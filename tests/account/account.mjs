/** The sandbox's Twilio account, for tests: who may act, how it begins, and programs that act. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

import { ROOT, startSandbox } from '../function/sandbox.mjs';

export const ACCOUNT_SID = 'AC00000000000000000000000000000000';
export const AUTH_TOKEN = 'sandbox-twilio-auth-token';
export const API_KEY = 'SK00000000000000000000000000000000';
export const API_SECRET = 'sandbox-twilio-api-secret';

/** Starts a sandbox with a new account; see sandbox/README.md for the kinds. */
export async function startAccount(kind = 'empty') {
  const sandbox = await startSandbox();
  const control = `${sandbox.origins.landing}/control/account`;
  const begin = (next) => send(control, 'POST', { kind: next });
  await begin(kind);
  const twilio = `${sandbox.origins.desktop}/twilio`;
  return {
    ...sandbox,
    twilio,
    begin,
    show: async () => (await fetch(control)).json(),
    /** The next call that begins with `match` (`METHOD host/path`) meets the fault. */
    fault: (match, fault, times = 1) => send(`${control}/faults`, 'POST', { match, fault, times }),
    /**
     * One call of an API, as an administrator.
     * @param {string} call `METHOD host/path`
     * @param {object} [fields] The body: of a form (a list repeats its field), unless `json`.
     */
    call: (call, fields, options) => callTwilio(twilio, call, fields, options),
    /** Runs a Node program with Twilio being the sandbox. */
    node: (args, env = {}, cwd = ROOT) =>
      run(args, { ...env, SANDBOX_TWILIO: sandbox.origins.desktop }, cwd),
  };
}

export const PLUGINS = 'flex-api.twilio.com/v1/PluginService';
const SERVERLESS = 'serverless.twilio.com/v1/Services';

/** Calls that have to succeed, as an administrator; each answers with its body. */
export const administrator =
  (twilio) =>
  async (...call) => {
    const { status, body } = await callTwilio(twilio, ...call);
    assert.ok(status < 300, `${call[0]}: ${status} ${JSON.stringify(body)}`);
    return body;
  };

/**
 * Deploys files as a new service.
 * @param {ReturnType<typeof administrator>} done
 * @param {string} name of the service
 * @param {{kind: 'Functions' | 'Assets', path: string, visibility: string, content: string}[]} files
 * @returns {Promise<string>} the service's domain
 */
export async function deploy(done, name, files) {
  const { sid } = await done(`POST ${SERVERLESS}`, { UniqueName: name, FriendlyName: name });
  const service = `${SERVERLESS}/${sid}`;
  const environment = await done(`POST ${service}/Environments`, { UniqueName: 'production' });
  const versions = { Functions: [], Assets: [] };
  for (const { kind, path, visibility, content } of files) {
    const resource = await done(`POST ${service}/${kind}`, { FriendlyName: path });
    const form = new FormData();
    form.set('Path', path);
    form.set('Visibility', visibility);
    form.set('Content', new Blob([content], { type: 'application/javascript' }), 'file.js');
    const upload = `serverless-upload.twilio.com/v1/Services/${sid}/${kind}/${resource.sid}`;
    versions[kind].push((await done(`POST ${upload}/Versions`, form)).sid);
  }
  const build = await done(`POST ${service}/Builds`, {
    FunctionVersions: versions.Functions,
    AssetVersions: versions.Assets,
  });
  assert.equal(build.status, 'building');
  while ((await done(`GET ${service}/Builds/${build.sid}/Status`)).status !== 'completed');
  const deployments = `POST ${service}/Environments/${environment.sid}/Deployments`;
  await done(deployments, { BuildSid: build.sid });
  return environment.domain_name;
}

/** Releases these versions of plugins, by their SIDs. */
export async function release(done, versions) {
  const configuration = await done(`POST ${PLUGINS}/Configurations`, {
    Name: 'next',
    Plugins: versions.map((sid) => JSON.stringify({ plugin_version: sid, phase: 3 })),
  });
  return done(`POST ${PLUGINS}/Releases`, { ConfigurationId: configuration.sid });
}

const send = (url, method, body) =>
  fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function callTwilio(twilio, call, fields, options = {}) {
  const [method, at] = call.split(' ');
  const { user = ACCOUNT_SID, password = AUTH_TOKEN, json = false, headers } = options;
  const form = new URLSearchParams();
  for (const [name, value] of json ? [] : Object.entries(fields ?? {})) {
    for (const one of [value].flat()) form.append(name, one);
  }
  const sent = fields instanceof FormData ? fields : json ? JSON.stringify(fields) : form;
  const response = await fetch(`${twilio}/${at}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      ...(json && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(method === 'POST' && fields && { body: sent }),
  });
  const answer = await response.text();
  const body = answer && JSON.parse(answer);
  if (response.ok) holdToDescription(method, at, response.status, body);
  return { status: response.status, headers: response.headers, body };
}

const { operations } = JSON.parse(
  readFileSync(new URL('../../sandbox/account/fields.json', import.meta.url), 'utf8'),
);

/** An answer has the status and the members of Twilio's description, and its SIDs their prefixes. */
function holdToDescription(method, at, status, body) {
  const [place] = at.split('?');
  const operation = operations.find(
    (it) =>
      it.method === method &&
      new RegExp(`^${`${it.host}${it.path}`.replace(/\{\w+\}/g, '[^/]+')}$`).test(place),
  );
  assert.equal(status, operation.status, `status of ${method} ${place}`);
  const items = operation.list ? body[operation.list] : body && [body];
  if (!operation.answer) return;
  for (const item of items || []) {
    const missing = operation.answer.filter((name) => !(name in item) && !MISSING.includes(name));
    const unknown = Object.keys(item).filter((name) => !operation.answer.includes(name));
    assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] }, `${method} ${place}`);
  }
}

/** What Flex's Configuration in the sandbox lacks: nobody here reads it. */
const MISSING = [
  'agent_conv_end_methods',
  'citrix_voice_vdi',
  'flex_insights_drilldown',
  'flex_insights_hr',
  'offline_config',
];

async function run(args, env, cwd) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: `--require ${ROOT}/sandbox/account/loopback.cjs`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  return { code, stdout, stderr };
}
