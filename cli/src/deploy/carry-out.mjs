// Carries a plan out, step by step: after whatever went wrong it looks at the account and goes on from what is there.

import { readAccount } from './account.mjs';
import { readConfigured, readReleased, readReleases } from './read-released.mjs';
import { nextStep } from './goal.mjs';
import { PLUGIN } from './names.mjs';
import { headline } from './step.mjs';
import { canonical, foreignOf } from './settings.mjs';
import { TwilioError } from './twilio-error.mjs';

/** How often one step is tried. */
const MOST_TRIES = 4;
/** How often one step is done: others may undo it meanwhile, or Twilio may show it late. */
const MOST_TIMES = 10;
const POLL_MS = 1000;
/** Twilio's own tools wait five minutes for a build. */
const MOST_POLLS = 300;

/**
 * @param {import('./account.mjs').Account} account As the plan was made for it.
 * @param {import('./goal.mjs').Goal | import('./goal.mjs').Undoing} goal
 * @param {object} how
 * @param {ReturnType<typeof import('./twilio.mjs').createTwilio>} how.twilio
 * @param {{begin: (what: string) => void, end: (how?: string) => void}} how.progress
 * @param {(now: import('./account.mjs').Account, changed: string[]) => Promise<void>} how.onChanged Hears that what is
 *   others' has changed since the plan was made; by rejecting it stops before anything of theirs is written.
 * @returns {Promise<import('./account.mjs').Account>}
 */
export async function carryOut(account, goal, { twilio, progress, onChanged }) {
  let now = account;
  let planned = othersIn(account);
  const failed = new Map();
  const done = new Map();
  for (;;) {
    let step = nextStep(now, goal);
    if (!step) return now;
    if (step.isShared) {
      now = await readAgain(now);
      const changed = changedSince(planned, othersIn(now));
      if (changed.length > 0) await onChanged(now, changed);
      planned = othersIn(now);
      step = nextStep(now, goal);
      if (!step) return now;
    }
    countTime(step);
    const base = now.active.release;
    progress.begin(step.what);
    try {
      now = step.after(await perform(step));
      progress.end();
    } catch (error) {
      progress.end('failed');
      now = await lookAfter(error, step);
    }
    if (step.key === 'release' && now.active.release !== base) now = await findLost(now, base);
  }

  function countTime({ key, what }) {
    done.set(key, (done.get(key) ?? 0) + 1);
    if (done.get(key) <= MOST_TIMES) return;
    throw new Error(
      `Twilio took this ${MOST_TIMES} times, and the account is still without it: ${headline(what)}. Look at what is there with --status, and run the command again later.`,
    );
  }

  async function readAgain(before) {
    const read = await readReleased(twilio, before.sid);
    return { ...before, ...read, draft: read.draft ?? before.draft };
  }

  async function perform(step) {
    for (let polls = 0; ; polls += 1) {
      const answer = await twilio.send({ ...step.request, has: Object.keys(step.pretend ?? {}) });
      if (!step.isPending?.(answer)) return answer;
      if (polls === MOST_POLLS) {
        throw new Error(
          'Twilio has not built it in five minutes. Run the command again: it goes on waiting.',
        );
      }
      await twilio.wait(POLL_MS);
    }
  }

  /** A step that failed may have taken effect, or somebody else may have done it. */
  async function lookAfter(error, step) {
    if (!(error instanceof TwilioError)) throw error;
    const found = { ...(await readAccount(twilio, now.sid)), lost: now.lost };
    const again = nextStep(found, goal);
    if (again?.key !== step.key) return found;
    const failures = (failed.get(step.key) ?? 0) + 1;
    if (!error.isTransient || failures === MOST_TRIES) throw error;
    failed.set(step.key, failures);
    await twilio.pause(error, failures);
    return found;
  }

  /**
   * Between the last look and our release somebody may have released as well: ours then hid what theirs brought, and
   * is followed by one that has both.
   */
  async function findLost(after, base) {
    const releases = await readReleases(twilio, 10);
    const at = releases.findIndex(({ sid }) => sid === after.active.release);
    const under = releases[at + 1];
    if (at === 0 && under?.sid === base) return after;
    const found = await readAgain(after);
    if (!under || under.sid === base) return found;
    const hidden = await readConfigured(twilio, under.configuration_sid);
    const isSame =
      canonical(foreignPlugins(hidden)) === canonical(foreignPlugins(after.active.plugins));
    planned = isSame ? planned : { ...planned, plugins: othersIn(found).plugins };
    return isSame ? found : { ...found, lost: hidden };
  }
}

/** What is others' in the parts that we write to. */
function othersIn({ flex, active, service }) {
  return {
    settings: foreignOf(flex.uiAttributes),
    services: canonical(flex.serviceSids.filter((sid) => sid !== service?.sid).sort()),
    plugins: canonical(foreignPlugins(active.plugins)),
  };
}

function foreignPlugins(plugins) {
  const others = plugins.filter(({ name }) => name !== PLUGIN);
  return others.map(({ versionSid }) => versionSid).sort();
}

const PARTS = {
  settings: "others' settings in Flex's configuration",
  services: 'the services that Flex knows',
  plugins: 'the other active plugins',
};

function changedSince(before, after) {
  const names = Object.keys(PARTS).filter((name) => before[name] !== after[name]);
  return names.map((name) => PARTS[name]);
}
