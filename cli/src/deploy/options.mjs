// The command line of deploy.

import { UsageError } from '../usage-error.mjs';
import { settingHelp, settingOptions } from './flags.mjs';

export const help = `Usage: npx flex-glance-cli deploy [options]
       npx flex-glance-cli deploy --status | --undo [--remove-service]

Puts the login-key Function and the plugin of flex-glance into a Twilio account, sets it up in Flex's configuration
and releases it beside the plugins that are active. It shows the plan first, and asks. Run again it changes only
what differs; stopped half-way it goes on from there. Other plugins and settings stay as they are.

  --status                 tells what is live, and changes nothing
  --undo                   releases what is active now with our plugin at the version that it had before, or
                           without it, and puts back those of our settings that nobody has changed since
  --remove-service         with --undo: without our plugin, and without its Function and variables
  --dry-run                prints every request, without secrets, and changes nothing
  --yes                    asks nothing; stops with exit code 3 if what is others' changes meanwhile
  --force                  also puts an older version in the place of a newer one
  --account-sid SID        the Twilio account (or TWILIO_ACCOUNT_SID)
  --secrets-stdin          reads NAME=VALUE lines from standard input
  --timeout SECONDS        how long one request to Twilio may take (default 30)
  --json                   prints the result as JSON
  --help                   this text

Settings in Flex's configuration; docs/administrators.md has all of them:

${settingHelp}

What it needs besides is asked for in a terminal, or read from standard input, from the environment, or from a file
.env in the folder where it runs:

  TWILIO_ACCOUNT_SID       with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET of a main API key
  GLANCE_API_KEY           the API key of the Glance group; it goes into the Function, and nowhere else
  GLANCE_GROUP_ID          in place of --group-id
  GLANCE_EXPIRATION, PARTNER_USER_ID, ALLOWED_ROLES, ALLOWED_ORIGINS
                           further variables of the Function, where they are given: functions/README.md

No secret is an option, since commands are kept in the shell's history and shown to everybody on the machine. None
is printed or written to a file. The network is reached as the doctor does it: npx flex-glance-cli doctor --help.

Exit code: 0 done, 1 failed, 2 not understood or something is missing, 3 somebody changed what is others'.`;

const flag = { type: 'boolean', default: false };

export const options = {
  status: flag,
  undo: flag,
  'remove-service': flag,
  'dry-run': flag,
  yes: flag,
  force: flag,
  'secrets-stdin': flag,
  json: flag,
  'account-sid': { type: 'string' },
  timeout: { type: 'string', default: '30' },
  ...settingOptions,
};

/** @throws {UsageError} For what excludes each other. */
export function checkModes({ status, undo, ...others }) {
  if (status && undo) throw new UsageError('--status and --undo are given. Leave one out.');
  const setting = (status || undo) && Object.keys(settingOptions).find((it) => it in others);
  if (setting) {
    throw new UsageError(
      `--${setting} is for deploying: ${status ? '--status changes nothing' : '--undo takes back all that deploy gave'}. Leave one out.`,
    );
  }
  if (others['remove-service'] && !undo) throw new UsageError('--remove-service goes with --undo.');
}

/** How long one request may take, in milliseconds. */
export function patienceOf({ timeout }) {
  const seconds = Number(timeout);
  if (seconds > 0 && seconds <= 600) return seconds * 1000;
  throw new UsageError('--timeout takes a number of seconds, 600 at the most.');
}
