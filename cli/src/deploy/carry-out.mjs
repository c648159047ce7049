// Carries a plan out, step by step: after whatever went wrong it looks at the account and goes on from what is there.

import { readAccount } from './account.mjs';
import { readConfigured, readReleased, readReleases } from './read-released.mjs';
import { nextStep } from './goal.mjs';
import { PLUGIN } from './names.mjs';
import { canonical, foreignOf } from './settings.mjs';
import { TwilioError } from './twilio.mjs';

/** How often one step is tried. */
const MOST_TRIES = 4;
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
  const tries = new Map();
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

  async function readAgain(before) {
    const read = await readReleased(twilio, before.sid);
    return { ...before, ...read, draft: read.draft ?? before.draft };
  }

  async function perform(step) {
    for (let polls = 0; ; polls += 1) {
      const answer = await twilio.send(step.request);
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
    if (!(error instanceof TwilioError) || [401, 403].includes(error.status)) throw error;
    const found = { ...(await readAccount(twilio, now.sid)), lost: now.lost };
    const again = nextStep(found, goal);
    if (again?.key !== step.key) return found;
    const times = (tries.get(step.key) ?? 0) + 1;
    if (!error.isTransient || times === MOST_TRIES) throw error;
    tries.set(step.key, times);
    await twilio.pause(error, times);
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
