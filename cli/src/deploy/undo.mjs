// `flex-glance deploy --undo`: back to the version before, or away.

import { decide } from './decide.mjs';
import { liveIn, settingsAfter } from './goal.mjs';
import { packageVersionOf } from './release-steps.mjs';
import { isServed, versionBefore } from './undo-target.mjs';
import { describeLive, statusOf } from './words.mjs';

/**
 * @param {import('./decide.mjs').Context} context
 * @throws {Error} If it failed.
 */
export async function undo(context) {
  const { values, twilio, account, output } = context;
  const live = liveIn(account);
  const removesService = values['remove-service'];
  const former = live && !removesService ? await versionBefore(twilio) : undefined;
  const to = former && isServed(account, former) ? former : undefined;
  const goal = { isUndo: true, from: live && packageVersionOf(live), to, removesService };
  const warnings = warningsOf(account, goal, former);
  const decided = await decide(context, goal, warnings);
  if (!decided) return;
  const { done, result } = decided;
  output.result({ ...result, status: statusOf(done) }, `\n${describeLive(done)}`);
}

function warningsOf(account, goal, former) {
  const { theirs } = settingsAfter(account, goal);
  const warnings = theirs.map(
    (name) => `The setting ${name} was changed since it was deployed, and stays as it is.`,
  );
  if (former && !goal.to) {
    warnings.push(
      `The version before, ${former.version}, is of a service that was removed: Flex will be without the plugin.`,
    );
  }
  if (account.service) {
    warnings.push(
      goal.removesService
        ? 'Twilio keeps the address of a plugin version for good: deployed again, this version gets another number.'
        : 'The Function and its variables stay. --remove-service takes them away too.',
    );
  }
  return warnings;
}
