// Shows a plan, asks, and has it carried out.

import { constants } from 'node:os';

import { UsageError } from '../usage-error.mjs';
import { carryOut } from './carry-out.mjs';
import { planOf } from './goal.mjs';
import { createProgress } from './progress.mjs';
import { describeLive, describePlan, describeRequest, statusOf } from './words.mjs';

/** The exit code of what a signal ended, as shells have it. */
const STOPPED = 128 + constants.signals.SIGINT;

/** What is others' changed while we ran. */
class ChangedError extends Error {
  exitCode = 3;
}

/**
 * @typedef {object} Context
 * @property {Record<string, any>} values Of the command line.
 * @property {ReturnType<typeof import('./twilio.mjs').createTwilio>} twilio
 * @property {import('./account.mjs').Account} account
 * @property {ReturnType<typeof import('./terminal.mjs').createTerminal>} terminal
 * @property {ReturnType<typeof import('./output.mjs').createOutput>} output
 *
 * @param {Context} context
 * @param {import('./goal.mjs').Goal | import('./goal.mjs').Undoing} goal
 * @param {string[]} warnings
 * @returns {Promise<{done: import('./account.mjs').Account, result: object} | undefined>} The account as it is then, and
 *   what programs are told; undefined for a dry run, which has told all.
 * @throws {ChangedError | UsageError | Error}
 */
export async function decide({ values, twilio, account, terminal, output }, goal, warnings) {
  const steps = planOf(account, goal);
  const result = {
    before: statusOf(account),
    plan: steps.map(({ key, what, changes }) => ({ step: key, what, changes })),
    warnings,
  };
  if (values['dry-run']) {
    const requests = steps.map(({ request }) => describeRequest(request));
    const told = requests.map((it, i) => `${i + 1}. ${it}`).join('\n');
    const text = told || 'There would be no request.';
    output.result({ ...result, requests }, `${describe(account, steps, warnings)}\n\n${text}`);
    return undefined;
  }
  if (!values.json || terminal.isThere) output.show(describe(account, steps, warnings));
  if (steps.length > 0 && !values.yes)
    await agree(terminal, 'Carry it out?', 'Nothing was changed.');
  const progress = createProgress(process.stderr, output.clean);
  const onChanged = async (now, changed) => {
    const what = `While this ran, somebody changed ${changed.join(' and ')}.`;
    if (values.yes || !terminal.isThere) {
      throw new ChangedError(
        `${what} Nothing of theirs was touched; what was done so far stays. Look at what is there with --status, and run the command again: it makes a new plan from that, and goes on.`,
      );
    }
    output.show(`${what}\n\n${describe(now, planOf(now, goal), [])}`);
    await agree(
      terminal,
      'Carry it out like this?',
      'What was done so far stays; --undo takes it back.',
    );
  };
  process.once('SIGINT', stop);
  try {
    return { done: await carryOut(account, goal, { twilio, progress, onChanged }), result };
  } finally {
    process.off('SIGINT', stop);
  }
}

/** Ctrl-C while a plan is carried out. What Twilio was asked last may still take effect. */
function stop() {
  process.stderr.write(
    '\nStopped. What was done so far stays: run the command again, and it goes on from what is there; --undo takes it back.\n',
  );
  process.exit(STOPPED);
}

async function agree(terminal, question, otherwise) {
  if (!terminal.isThere) {
    throw new UsageError(
      'There is no terminal to ask in. Give --yes to carry the plan out, or --dry-run to see it.',
    );
  }
  if (!(await terminal.confirm(question))) throw new Error(otherwise);
}

function describe(account, steps, warnings) {
  const parts = [describeLive(account)];
  parts.push(steps.length > 0 ? describePlan(steps) : 'There is nothing to do.');
  parts.push(...warnings.map((warning) => `Mind: ${warning}`));
  return parts.join('\n\n');
}
