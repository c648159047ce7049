// `flex-glance deploy` itself: Function, plugin and settings come into the account.

import { setTimeout as wait } from 'node:timers/promises';

import { loadFunction, readDeployed } from '../deployed.mjs';
import { examined } from '../doctor/examined.mjs';
import { examineFunction, nameOf } from '../doctor/examine-function.mjs';
import { asText, count, shown } from '../doctor/report.mjs';
import { request } from '../doctor/request.mjs';
import { decide } from './decide.mjs';
import { liveIn } from './goal.mjs';
import { readWishes } from './inputs.mjs';
import { judgeVariables } from './judge-variables.mjs';
import { FUNCTION_PATH, PLUGIN } from './names.mjs';
import { judgeNeighbours } from './neighbours.mjs';
import { packageVersionOf } from './release-steps.mjs';
import { problemOf, secretsIn, settingsIn } from './settings.mjs';
import { compareVersions } from './version.mjs';
import { describeLive, nextThings, statusOf } from './words.mjs';

const DEFAULT_ORIGIN = 'https://flex.twilio.com';

/** How often the Function is asked until it answers: Twilio may need a moment with a new address. */
const LOOKS = 4;

/**
 * @param {import('./decide.mjs').Context} context
 * @param {object} given
 * @param {(name: string) => string | undefined} given.lookup
 * @param {Record<string, any>} given.settings By options.
 * @param {(secret: string) => void} given.onSecret Hears of secrets.
 * @throws {Error} If it is refused, or failed.
 */
export async function bring(context, { lookup, settings, onSecret }) {
  const { values, account, terminal, output } = context;
  const { flex, variables, active } = account;
  const deployed = readDeployed();
  const refusal = problemOf(flex.uiAttributes) ?? refusalOf(account, deployed, values);
  if (refusal) throw new Error(refusal);
  onSecret(lookup('GLANCE_API_KEY'));
  const now = settingsIn(flex.uiAttributes);
  const wishes = await readWishes({ lookup, settings, now, variables, terminal, onSecret });
  const had = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
  const all = { ...had, ...wishes.variables };
  await judgeVariables(loadFunction(), all);

  const others = active.plugins.filter(({ name }) => name !== PLUGIN);
  const warnings = [
    ...secretsIn(now).map(
      (name) =>
        `The setting ${name} looks like a secret, and every agent can read it. Take it out of Flex's configuration, and change the secret.`,
    ),
    ...(await judgeNeighbours(others, request)),
  ];
  const decided = await decide(context, { ...deployed, ...wishes }, warnings);
  if (!decided) return;

  const { done, result } = decided;
  const [origin] = (all.ALLOWED_ORIGINS ?? DEFAULT_ORIGIN).split(',').map((it) => it.trim());
  const report = await examine(done, origin);
  const made = settingsIn(done.flex.uiAttributes);
  const next = nextThings({ settings: made, variables: all, origin });
  const numbered = next.map((line, i) => `  ${i + 1}. ${line}`);
  output.result(
    {
      ...result,
      status: statusOf(done),
      doctor: { examined: report.map(shown), count: count(report) },
      next,
    },
    ['', describeLive(done), '', asText(report), '', 'Next:', ...numbered].join('\n'),
  );
  if (count(report).error > 0) process.exitCode = 1;
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
