// `flex-glance deploy`: brings the login-key Function, the plugin and its settings into a Twilio account, and takes them
// back. `deploy/goal.mjs` decides what is to be done, from what the account has.

import { setTimeout as wait } from 'node:timers/promises';

import { readDeployed, loadFunction } from './deployed.mjs';
import { readAccount } from './deploy/account.mjs';
import { carryOut } from './deploy/carry-out.mjs';
import { readSettings, settingHelp, settingOptions } from './deploy/flags.mjs';
import { liveIn, planOf, settingsAfter } from './deploy/goal.mjs';
import { createLookup, readCredentials, readInput, readWishes } from './deploy/inputs.mjs';
import { judgeVariables } from './deploy/judge-variables.mjs';
import { FUNCTION_PATH, PLUGIN } from './deploy/names.mjs';
import { judgeNeighbours } from './deploy/neighbours.mjs';
import { createProgress } from './deploy/progress.mjs';
import { createSecrets } from './deploy/secrets.mjs';
import { SECRET_VARIABLES } from './deploy/serverless-steps.mjs';
import { problemOf, settingsIn } from './deploy/settings.mjs';
import { createTerminal } from './deploy/terminal.mjs';
import { createTwilio } from './deploy/twilio.mjs';
import { isServed, versionBefore } from './deploy/undo-target.mjs';
import { compareVersions } from './deploy/version.mjs';
import * as words from './deploy/words.mjs';
import { examined } from './doctor/examined.mjs';
import { examineFunction, nameOf } from './doctor/examine-function.mjs';
import { asText, count, shown } from './doctor/report.mjs';
import { request } from './doctor/request.mjs';
import { UsageError } from './usage-error.mjs';

const DEFAULT_ORIGIN = 'https://flex.twilio.com';

/** How often the Function is asked until it answers: Twilio may need a moment with a new address. */
const LOOKS = 4;

export const summary =
  'brings Cobrowse into a Flex account: Function, plugin, settings; undoes it too';

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

/** What is others' changed while we ran. */
class ChangedError extends Error {
  exitCode = 3;
}

const secrets = createSecrets();

/**
 * @param {Record<string, string | boolean | undefined>} values
 * @throws {UsageError} For what is missing or wrong.
 * @throws {Error} For what failed, with what to do. No message holds a secret.
 */
export async function run(values) {
  try {
    await deploy(values);
  } catch (error) {
    error.message = secrets.strike(error.message);
    throw error;
  }
}

/** With `--json` programs get a result also of a run that came to none. */
export function onFailure(error, args) {
  if (!args.includes('--json')) return;
  printJson({ error: { message: error.message, status: error.status } });
}

async function deploy(values) {
  const settings = readSettings(values);
  checkModes(values);
  const terminal = createTerminal({ input: process.stdin, output: process.stderr });
  const input = values['secrets-stdin'] ? await readInput(process.stdin) : undefined;
  // Where secrets come by standard input, nobody is there to be asked.
  const asks = { ...terminal, isThere: terminal.isThere && input === undefined && !values.yes };
  const lookup = createLookup(process.env, input);
  const { accountSid, ...credentials } = await readCredentials(lookup, values['account-sid'], asks);
  secrets.add(credentials.secret);
  secrets.add(`${credentials.user}:${credentials.secret}`);
  const twilio = createTwilio({ credentials, ask: request, wait, patienceMs: patienceOf(values) });
  const account = await readAccount(twilio, accountSid);
  for (const { key, value } of account.variables) {
    if (SECRET_VARIABLES.includes(key)) secrets.add(value);
  }
  if (values.status) return print(values, words.statusOf(account), words.describeStatus(account));
  const context = { values, twilio, account, terminal: asks };
  return values.undo ? undo(context) : bring({ ...context, lookup, settings });
}

async function bring({ values, twilio, account, terminal, lookup, settings }) {
  const deployed = readDeployed();
  const { flex, variables } = account;
  const refusal = problemOf(flex.uiAttributes) ?? refusalOf(account, deployed, values);
  if (refusal) throw new Error(refusal);
  secrets.add(lookup('GLANCE_API_KEY'));
  const now = settingsIn(flex.uiAttributes);
  const onSecret = secrets.add;
  const wishes = await readWishes({ lookup, settings, now, variables, terminal, onSecret });
  const all = { ...valuesOf(variables), ...wishes.variables };
  await judgeVariables(loadFunction(), all);
  const goal = { ...deployed, ...wishes };

  const others = account.active.plugins.filter(({ name }) => name !== PLUGIN);
  const warnings = await judgeNeighbours(others, request);
  const plan = { steps: planOf(account, goal), warnings };
  const done = await decide({ values, twilio, account, terminal, goal, plan });
  if (!done) return;

  const [origin] = (all.ALLOWED_ORIGINS ?? DEFAULT_ORIGIN).split(',').map((it) => it.trim());
  const report = await examine(done, origin);
  const made = settingsIn(done.flex.uiAttributes);
  const next = words.nextThings({ settings: made, variables: all, origin });
  const result = {
    ...asResult(account, plan),
    status: words.statusOf(done),
    doctor: { examined: report.map(shown), count: count(report) },
    next,
  };
  print(
    values,
    result,
    [words.describeLive(done), '', asText(report), '', 'Next:', ...numbered(next)].join('\n'),
  );
  if (count(report).error > 0) process.exitCode = 1;
}

async function undo({ values, twilio, account, terminal }) {
  const live = liveIn(account);
  const removesService = values['remove-service'];
  const former = live && !removesService ? await versionBefore(twilio) : undefined;
  const to = former && isServed(account, former) ? former : undefined;
  const goal = { isUndo: true, from: live && packageVersionOf(live), to, removesService };
  const { theirs } = settingsAfter(account, goal);
  const warnings = theirs.map(
    (name) => `The setting ${name} was changed since it was deployed, and stays as it is.`,
  );
  if (former && !to) {
    warnings.push(
      `The version before, ${former.version}, is of a service that was removed: Flex will be without the plugin.`,
    );
  }
  if (!removesService && account.service) {
    warnings.push('The Function and its variables stay. --remove-service takes them away too.');
  } else if (account.service) {
    warnings.push(
      'Twilio keeps the address of a plugin version for good: deployed again, this version gets another number.',
    );
  }
  const plan = { steps: planOf(account, goal), warnings };
  const done = await decide({ values, twilio, account, terminal, goal, plan });
  if (!done) return;
  const result = { ...asResult(account, plan), status: words.statusOf(done) };
  print(values, result, words.describeLive(done));
}

/** Our version of the bundle that a plugin version loads; it may have another number. */
function packageVersionOf({ url, version }) {
  return /\/plugins\/[^/]+\/([^/]+)\/bundle\.js$/.exec(url)?.[1] ?? version;
}

/**
 * Shows the plan, asks, and carries it out.
 * @returns The account as it is then; undefined if nothing was to be changed, or nobody wanted it.
 */
async function decide({ values, twilio, account, terminal, goal, plan }) {
  const isDry = values['dry-run'];
  if (!values.json) tell(describe(account, plan));
  else if (terminal.isThere) console.error(secrets.strike(describe(account, plan)));
  if (isDry) {
    const requests = plan.steps.map((step) => words.describeRequest(step.request));
    const told = requests.map((it, i) => `${i + 1}. ${it}`).join('\n');
    print(values, { ...asResult(account, plan), requests }, told || 'There would be no request.');
    return undefined;
  }
  if (plan.steps.length > 0 && !values.yes) await agree(terminal, 'Carry it out?');
  const progress = createProgress(process.stderr, secrets.strike);
  const onChanged = async (now, changed) => {
    const what = `While this ran, somebody changed ${changed.join(' and ')}.`;
    if (values.yes || !terminal.isThere) {
      throw new ChangedError(
        `${what} Nothing of theirs was touched; what was done so far stays. Look at what is there with --status, and run the command again: it makes a new plan from that, and goes on.`,
      );
    }
    tell(`${what}\n\n${describe(now, { steps: planOf(now, goal), warnings: [] })}`);
    await agree(terminal, 'Carry it out like this?');
  };
  return carryOut(account, goal, { twilio, progress, onChanged });
}

async function agree(terminal, question) {
  if (!terminal.isThere) {
    throw new UsageError(
      'There is no terminal to ask in. Give --yes to carry the plan out, or --dry-run to see it.',
    );
  }
  if (!(await terminal.confirm(question))) throw new Error('Nothing was changed.');
}

function describe(account, { steps, warnings }) {
  const parts = [words.describeLive(account)];
  parts.push(steps.length > 0 ? words.describePlan(steps) : 'There is nothing to do.');
  parts.push(...warnings.map((warning) => `Mind: ${warning}`));
  return parts.join('\n\n');
}

/** Why it is not done, or nothing. */
function refusalOf(account, { version }, { force }) {
  const live = liveIn(account);
  if (account.plugin?.isArchived) {
    return `The plugin ${PLUGIN} of this account is archived, and Twilio has no call that takes it back. Ask Twilio's support.`;
  }
  if (live && !force && compareVersions(version, packageVersionOf(live)) < 0) {
    return `${PLUGIN} ${live.version} is live, and this is ${version}. Take a newer flex-glance-cli; to go back a version use --undo, or --force.`;
  }
  return undefined;
}

/** Looks at what was made, as the doctor does. */
async function examine({ environment, flex }, origin) {
  const url = new URL(`https://${environment.domain}${FUNCTION_PATH}`);
  const settings = { groupid: settingsIn(flex.uiAttributes).group_id };
  for (let looks = 1; ; looks += 1) {
    const report = [
      await examined(`Function ${nameOf(url)}`, () => examineFunction({ url, origin, settings })),
    ];
    if (count(report).error === 0 || looks === LOOKS) return report;
    await wait(looks * 1000);
  }
}

function checkModes({ status, undo, ...others }) {
  if (status && undo) throw new UsageError('--status and --undo are given. Leave one out.');
  if (others['remove-service'] && !undo) throw new UsageError('--remove-service goes with --undo.');
}

function patienceOf({ timeout }) {
  const seconds = Number(timeout);
  if (seconds > 0 && seconds <= 600) return seconds * 1000;
  throw new UsageError('--timeout takes a number of seconds, 600 at the most.');
}

function valuesOf(variables) {
  return Object.fromEntries(variables.map(({ key, value }) => [key, value]));
}

function asResult(account, { steps, warnings }) {
  const plan = steps.map(({ key, what, changes }) => ({ step: key, what, changes }));
  return { before: words.statusOf(account), plan, warnings };
}

function numbered(lines) {
  return lines.map((line, i) => `  ${i + 1}. ${line}`);
}

function print({ json }, result, text) {
  if (json) printJson(result);
  else tell(text);
}

function printJson(result) {
  tell(JSON.stringify(result, null, 2));
}

function tell(text) {
  console.log(secrets.strike(text));
}
