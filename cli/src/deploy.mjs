// `flex-glance deploy`: brings the login-key Function, the plugin and its settings into a Twilio account, tells what is
// there, and takes it back. `deploy/goal.mjs` decides what is to be done, from what the account has.

import { setTimeout as wait } from 'node:timers/promises';

import { readAccount } from './deploy/account.mjs';
import { bring } from './deploy/bring.mjs';
import { readSettings } from './deploy/flags.mjs';
import { createLookup, readCredentials, readInput } from './deploy/inputs.mjs';
import { checkModes, patienceOf } from './deploy/options.mjs';
import { createOutput, printableLines } from './deploy/output.mjs';
import { createSecrets } from './deploy/secrets.mjs';
import { SECRET_VARIABLES } from './deploy/variable-steps.mjs';
import { createTerminal } from './deploy/terminal.mjs';
import { createTwilio } from './deploy/twilio.mjs';
import { undo } from './deploy/undo.mjs';
import { describeStatus, statusOf } from './deploy/words.mjs';
import { request } from './doctor/request.mjs';

export { help, options } from './deploy/options.mjs';

export const summary =
  'brings Cobrowse into a Flex account: Function, plugin, settings; undoes it too';

/**
 * @param {Record<string, string | boolean | undefined>} values
 * @throws {import('./usage-error.mjs').UsageError} For what is missing or wrong.
 * @throws {Error} For what failed, with what to do. No message holds a secret.
 */
export async function run(values) {
  const secrets = createSecrets();
  try {
    await deploy(values, secrets);
  } catch (error) {
    if (error.isTransient)
      error.message += ' Run the command again: it goes on from what is there.';
    error.message = printableLines(secrets.strike(error.message));
    throw error;
  }
}

/** With `--json` programs get a result also of a run that came to none. */
export function onFailure(error, args) {
  if (!args.includes('--json')) return;
  const told = { error: { message: error.message, status: error.status } };
  console.log(JSON.stringify(told, null, 2));
}

async function deploy(values, secrets) {
  const settings = readSettings(values);
  checkModes(values);
  const patienceMs = patienceOf(values);
  const input = values['secrets-stdin'] ? await readInput(process.stdin) : undefined;
  const lookup = createLookup(process.env, input);
  const terminal = createTerminal({ input: process.stdin, output: process.stderr });
  // Where secrets came by standard input, nobody is there to be asked.
  terminal.isThere &&= input === undefined && !values.yes;

  const { accountSid, ...credentials } = await readCredentials(
    lookup,
    values['account-sid'],
    terminal,
  );
  secrets.add(credentials.secret);
  secrets.add(`${credentials.user}:${credentials.secret}`);
  const twilio = createTwilio({ credentials, ask: request, wait, patienceMs });
  const account = await readAccount(twilio, accountSid, !values.status);
  for (const { key, value } of account.variables) {
    if (SECRET_VARIABLES.includes(key)) secrets.add(value);
  }

  const output = createOutput({ isJson: values.json, strike: secrets.strike });
  const context = { values, twilio, account, terminal, output };
  if (values.status) return output.result(statusOf(account), describeStatus(account));
  if (values.undo) return undo(context);
  return bring(context, { lookup, settings, onSecret: secrets.add });
}
