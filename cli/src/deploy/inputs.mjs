// What deploy is given: by standard input, environment, `.env`, options, and by questions for what is still missing.

import { readFileSync } from 'node:fs';

import { decode } from '../doctor/encoding.mjs';
import { UsageError } from '../usage-error.mjs';
import { parseEnvFile } from './env-file.mjs';
import { REQUIRED, readText } from './flags.mjs';

const FILE = '.env';

/** Variables of the Function that are taken over where they are given. */
export const FUNCTION_VARIABLES = [
  'GLANCE_API_KEY',
  'GLANCE_GROUP_ID',
  'GLANCE_EXPIRATION',
  'PARTNER_USER_ID',
  'ALLOWED_ROLES',
  'ALLOWED_ORIGINS',
];

/** So that a Function which was never set has what it cannot do without. */
export const DEFAULT_VARIABLES = { GLANCE_EXPIRATION: '3600' };

const LARGEST_INPUT = 1 << 16;

/**
 * @param {Record<string, string | undefined>} environment
 * @param {string | undefined} input The text of standard input, if it is to be read.
 * @returns {(name: string) => string | undefined} A variable's value. Standard input counts before the
 *   environment, and this before `.env`. An empty one is none.
 * @throws {UsageError} If there is a `.env` that cannot be read.
 */
export function createLookup(environment, input) {
  const sources = [parseEnvFile(input ?? ''), environment, parseEnvFile(readEnvFile())];
  return (name) => {
    const values = sources.map((source) => source[name]?.trim());
    return values.find((value) => value !== undefined && value !== '');
  };
}

function readEnvFile() {
  try {
    return decode(readFileSync(FILE));
  } catch ({ code }) {
    if (code === 'ENOENT') return '';
    throw new UsageError(
      `${FILE} cannot be read (${code}). Make it readable, or go to another folder.`,
    );
  }
}

/** @param {NodeJS.ReadStream} stream */
export async function readInput(stream) {
  const chunks = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_INPUT) break;
  }
  return decode(Buffer.concat(chunks));
}

/**
 * The account and how to sign in there.
 * @param {(name: string) => string | undefined} lookup
 * @param {string | undefined} given By `--account-sid`.
 * @param {ReturnType<typeof import('./terminal.mjs').createTerminal>} terminal
 * @returns {Promise<{accountSid: string, user: string, secret: string}>}
 * @throws {UsageError} For what is missing or wrong where nobody can be asked.
 */
export async function readCredentials(lookup, given, terminal) {
  const accountSid =
    given ??
    lookup('TWILIO_ACCOUNT_SID') ??
    lookup('ACCOUNT_SID') ??
    (await missing(
      terminal,
      'TWILIO_ACCOUNT_SID',
      'Twilio account SID (AC…, Console: Account Info)',
    ));
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid)) {
    throw new UsageError('TWILIO_ACCOUNT_SID is no account SID: AC and 32 hexadecimal digits.');
  }
  const key = lookup('TWILIO_API_KEY') ?? lookup('TWILIO_API_KEY_SID');
  if (key !== undefined) {
    if (!/^SK[0-9a-f]{32}$/i.test(key)) {
      throw new UsageError(
        'TWILIO_API_KEY is no SID of an API key: SK and 32 hexadecimal digits. The secret is TWILIO_API_SECRET.',
      );
    }
    const secret =
      lookup('TWILIO_API_SECRET') ??
      lookup('TWILIO_API_KEY_SECRET') ??
      (await missing(terminal, 'TWILIO_API_SECRET', 'Secret of that API key', { isSecret: true }));
    return { accountSid, user: key, secret };
  }
  const secret =
    lookup('TWILIO_AUTH_TOKEN') ??
    lookup('AUTH_TOKEN') ??
    (await missing(terminal, 'TWILIO_AUTH_TOKEN', 'Auth token of the account', { isSecret: true }));
  return { accountSid, user: accountSid, secret };
}

/**
 * The settings and variables that are to be, with what the account already has left alone.
 * @param {object} given
 * @param {(name: string) => string | undefined} given.lookup
 * @param {Record<string, any>} given.settings By options.
 * @param {Record<string, any>} given.now Our settings in the account.
 * @param {{key: string, value: string}[]} given.variables The Function's in the account.
 * @param {ReturnType<typeof import('./terminal.mjs').createTerminal>} given.terminal
 * @param {(secret: string) => void} given.onSecret Hears of a secret that somebody typed.
 * @returns {Promise<{settings: Record<string, any>, variables: Record<string, string>}>}
 * @throws {UsageError}
 */
export async function readWishes({ lookup, settings, now, variables, terminal, onSecret }) {
  const wanted = { ...settings };
  for (const setting of REQUIRED) {
    const { name, option, help } = setting;
    const variable = `GLANCE_${option.toUpperCase().replaceAll('-', '_')}`;
    const read = (text) => readText(setting, text, variable);
    if (wanted[name] !== undefined) continue;
    const found = lookup(variable);
    if (found !== undefined) wanted[name] = read(found);
    else if (!isRight(setting, now[name])) {
      wanted[name] = await missing(terminal, `--${option}`, help.replace(/:.*/, ''), { read });
    }
  }
  const has = (key) => variables.some((it) => it.key === key);
  const asked = Object.fromEntries(
    FUNCTION_VARIABLES.map((key) => [key, lookup(key)]).filter(([, value]) => value !== undefined),
  );
  for (const [key, value] of Object.entries(DEFAULT_VARIABLES)) {
    if (asked[key] === undefined && !has(key)) asked[key] = value;
  }
  asked.GLANCE_GROUP_ID = String(wanted.group_id ?? now.group_id).trim();
  if (asked.GLANCE_API_KEY === undefined && !has('GLANCE_API_KEY')) {
    const question = 'Glance API key of the group (Glance portal)';
    asked.GLANCE_API_KEY = await missing(terminal, 'GLANCE_API_KEY', question, { isSecret: true });
    onSecret(asked.GLANCE_API_KEY);
  }
  return { settings: wanted, variables: asked };
}

/** Whether the account has it already, as it has to be. */
function isRight(setting, value) {
  try {
    readText(setting, String(value ?? ''), setting.name);
    return true;
  } catch {
    return false;
  }
}

/** Asks for it, or says what to set. */
function missing(terminal, name, question, how) {
  if (terminal.isThere) return terminal.ask(question, how);
  const where = name.startsWith('--')
    ? `Give ${name}.`
    : `Set it in the environment or in ${FILE}, or pass ${name}=… by --secrets-stdin.`;
  throw new UsageError(`${name} is missing: ${question}. ${where}`);
}
