// `flex-glance doctor`: what is wrong with a set-up, as far as it can be told without a browser.

import { isAcceptable } from '../../src/doctor/address.mjs';
import { judgePage } from '../../src/doctor/judge/page.mjs';
import { judgeFlow } from '../../src/doctor/judge/studio-flow.mjs';
import { examined, unexamined } from './doctor/examined.mjs';
import { examineFunction, nameOf } from './doctor/examine-function.mjs';
import { readFlow } from './doctor/flow.mjs';
import { createNetwork } from './doctor/network.mjs';
import { openPage } from './doctor/page.mjs';
import { asJson, asText, count } from './doctor/report.mjs';
import { judgeSettings } from './doctor/settings.mjs';
import { UsageError } from './usage-error.mjs';

const HOSTS = ['web', 'cdn', 'presence', 'authorization'];

export const summary = 'finds what is wrong with a set-up, and says how to put it right';

export const help = `Usage: npx flex-glance-cli doctor [--function URL] [--page URL]… [--flow FILE]… [options]

Looks at what is given, and prints what it found: what was seen, why it matters, how to put it right.

  --function URL        the login-key Function (the component's authurl)
  --page URL            a page of your site that has Glance's script tag
  --flow FILE           a Studio flow, as exported from the Console or printed by flex-glance studio
  --group-id ID         the Glance group: is everything above of this group?
  --environment NAME    the component's glancebaseurl: production (the default), staging or beta
  --host NAME=HOST      a server in place of the environment's, as in the prop hosts; NAME is one of
                        ${HOSTS.join(', ')}
  --origin ORIGIN       where Flex runs (default https://flex.twilio.com)
  --partner-user-id ID  the agent's Flex identity (the component's puid)
  --token-stdin         reads the Flex token of an agent from standard input
  --allow-local         follows a page's redirect into the local network too
  --json                prints the report as JSON, whatever happens
  --help                this text

Without a Flex token the Function is sent a made-up one: that it is refused shows that settings and
deployment are right. With one the login key is looked at as well. The token is no option, since
commands are kept in the shell's history and shown to everybody on the machine. Log in to Flex, run
copy(Twilio.Flex.Manager.getInstance().user.token) in the browser's console, and pass it on:

  pbpaste | npx flex-glance-cli doctor --function URL --token-stdin            (macOS)
  xclip -o -sel c | npx flex-glance-cli doctor --function URL --token-stdin    (Linux)
  Get-Clipboard | npx flex-glance-cli doctor --function URL --token-stdin      (Windows)

The environment variable FLEX_TOKEN does as well. Neither token nor login key is printed or kept.

HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are honoured, as curl does, and NODE_EXTRA_CA_CERTS, a file
of certificates that are trusted besides. The report says which was used; no password is printed.

Exit code: 0 no errors (warnings perhaps), 1 errors found, 2 the command line was not understood.`;

const text = { type: 'string' };

export const options = {
  function: text,
  page: { type: 'string', multiple: true, default: [] },
  flow: { type: 'string', multiple: true, default: [] },
  'group-id': text,
  environment: text,
  host: { type: 'string', multiple: true, default: [] },
  origin: { type: 'string', default: 'https://flex.twilio.com' },
  'partner-user-id': text,
  'token-stdin': { type: 'boolean', default: false },
  'allow-local': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
};

/** @throws {UsageError} For an option that is missing or wrong. */
export async function run(values) {
  if (Object.values(values).every(isUnset)) {
    console.error(help);
    process.exitCode = 2;
    return;
  }
  const asked = {
    url: values.function === undefined ? undefined : address('function', values.function),
    pages: values.page.map((page) => address('page', page)),
    allowLocal: values['allow-local'],
    flows: values.flow.map((file) => readFlow(file)),
    settings: settingsOf(values),
    origin: originOf(values.origin),
    partnerUserId: values['partner-user-id'],
    flexToken: await tokenOf(values),
  };

  const subjects = subjectsOf(asked);
  if (subjects.length === 0) {
    throw new UsageError(
      'There is nothing to look at. Give --function, --page, --flow or a setting.',
    );
  }
  const report = [];
  for (const [subject, examine] of subjects) report.push(await examined(subject, examine));
  console.log(values.json ? asJson(report) : asText(report));
  if (count(report).error > 0) process.exitCode = 1;
}

/** With `--json` programs get a report also of a run that came to none. */
export function onFailure(error, args) {
  if (args.some((arg) => /^--json(=|$)/.test(arg))) console.log(asJson([unexamined(error)]));
}

/** What is looked at, in the order of the report, and how. */
function subjectsOf(asked) {
  const { url, pages, flows, settings } = asked;
  const subjects = [];
  if (Object.keys(settings).length > 0) subjects.push(['Settings', () => judgeSettings(settings)]);
  if (url) subjects.push([`Function ${nameOf(url)}`, () => examineFunction(asked)]);
  for (const page of pages) {
    subjects.push([`Page ${nameOf(page)}`, () => examinePage(page, asked)]);
  }
  for (const { file, text } of flows) subjects.push([`Studio flow ${file}`, () => judgeFlow(text)]);
  return subjects;
}

async function examinePage(url, { allowLocal, settings }) {
  const network = createNetwork();
  const page = await openPage(url, { allowLocal, network });
  return [...network.findings(), ...judgePage(page, settings)];
}

function isUnset(value) {
  return (
    value === undefined ||
    value === false ||
    value === options.origin.default ||
    (Array.isArray(value) && value.length === 0)
  );
}

function settingsOf(values) {
  const settings = {};
  if (values['group-id'] !== undefined) settings.groupid = values['group-id'];
  if (values.environment !== undefined) settings.environment = values.environment;
  if (values.host.length > 0) settings.hosts = Object.fromEntries(values.host.map(host));
  return settings;
}

function host(given) {
  const [, name, value] = /^(\w+)=(.+)$/.exec(given) || [];
  if (HOSTS.includes(name)) return [name, value];
  throw new UsageError(`--host: "${given}" is not NAME=HOST with a NAME of ${HOSTS.join(', ')}.`);
}

function address(option, value) {
  try {
    if (/^https?:\/\//i.test(value)) return new URL(value);
  } catch {
    // Told below.
  }
  throw new UsageError(
    `--${option}: "${value}" is no web address. Give it in full, such as https://example.com/page.`,
  );
}

function originOf(value) {
  if (isAcceptable(value)) return new URL(value).origin;
  throw new UsageError(
    `--origin: "${value}" is no origin. Give scheme and host, such as https://flex.twilio.com.`,
  );
}

async function tokenOf(values) {
  if (!values['token-stdin']) return (process.env.FLEX_TOKEN || '').trim() || undefined;
  if (values.function === undefined) {
    throw new UsageError('--token-stdin: the token is for the Function. Give --function as well.');
  }
  console.error('Reading the Flex token from standard input …');
  let input = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    input += chunk;
    if (input.length > 1 << 16) break;
  }
  const token = input.trim();
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  throw new UsageError(
    '--token-stdin: standard input holds no Flex token. Pipe the token alone into it.',
  );
}
