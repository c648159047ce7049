// Which version our plugin had before, by the account's releases.

import { readConfigured, readReleases, readUndoing } from './read-released.mjs';
import { PLUGIN } from './names.mjs';

/**
 * @param {ReturnType<typeof import('./twilio.mjs').createTwilio>} twilio
 * @returns {Promise<import('./account.mjs').Configured | undefined>} Undefined: it was not there.
 */
export async function versionBefore(twilio) {
  const [releases, undoing] = await Promise.all([readReleases(twilio), readUndoing(twilio)]);
  const walk = createWalk(async (at) => {
    const release = releases[at];
    if (!release) return undefined;
    const plugins = await readConfigured(twilio, release.configuration_sid);
    const ours = plugins.find(({ name }) => name === PLUGIN);
    return { ours, isUndo: undoing.has(release.configuration_sid) };
  });
  return walk.before(0);
}

/**
 * Walks from the newest release to the oldest. Releases in a row with the same version of ours are one state. A
 * state that an undoing began is the one before what it undid.
 * @param {(at: number) => Promise<{ours?: import('./account.mjs').Configured, isUndo: boolean} | undefined>} read
 *   The release at a place, 0 being the newest; undefined after the oldest.
 */
export function createWalk(read) {
  const known = new Map();

  function look(at) {
    if (!known.has(at)) known.set(at, read(at));
    return known.get(at);
  }

  /** Where the state begins (its oldest release) that the release at a place belongs to. */
  async function beginningOf(at) {
    const here = await look(at);
    for (let i = at; ; i += 1) {
      const older = await look(i + 1);
      if (!older || older.ours?.versionSid !== here.ours?.versionSid) return i;
      // An undoing is a beginning, also where it came to what was there.
      if ((await look(i)).isUndo) return i;
    }
  }

  /** The place of the newest release of the state before that of a place. */
  async function placeBefore(at) {
    if (!(await look(at))) return at;
    const beginning = await beginningOf(at);
    if (!(await look(beginning)).isUndo) return beginning + 1;
    // What it undid began after the state that it came back to.
    return placeBefore(await placeBefore(beginning + 1));
  }

  return {
    /** Our plugin in the state before. */
    async before(at) {
      if (!(await look(at))) return undefined;
      return (await look(await placeBefore(at)))?.ours;
    },
  };
}

/** Whether the live build of our service still has the bundle that a plugin version loads. */
export function isServed({ environment, builds }, { url }) {
  const live = builds.find(({ sid }) => sid === environment?.buildSid);
  return Boolean(live?.assets.some(({ path }) => url === `https://${environment.domain}${path}`));
}
