// @ts-check
/**
 * Writes what stands of a session on its task, beside whatever else is there. Where somebody else was faster TaskRouter
 * refuses, and it is tried again on what they wrote; where somebody writes after that what they had read before, a last
 * look finds it out. It never throws, and nobody waits for it.
 */
import { SESSION } from './task.js';

/** Somebody else may be faster so many times. The last look finds what was written. */
const TRIES = 4;

/**
 * @param {import('./host/host.js').Host} host
 * @param {(current: unknown, change: object) => object | undefined} fold What has to stand there after a change;
 *   undefined where nothing has to change.
 */
export function createSessionFacts(host, fold) {
  /**
   * By SID: the write under way, after which the next one comes.
   * @type {Map<string, Promise<void>>}
   */
  const writing = new Map();

  async function write(sid, change) {
    let failure;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const attributes = await host.taskAttributes(sid);
      // What was written before is there: nothing has to change any more.
      const session = attributes && fold(attributes[SESSION], change);
      if (!session) return;
      failure = undefined;
      try {
        await host.setTaskAttributes(sid, { ...attributes, [SESSION]: session });
      } catch (error) {
        failure = error;
      }
    }
    if (failure) throw failure;
  }

  return {
    /**
     * @param {string} sid The reservation's.
     * @param {object} change As `browser::host` makes it.
     */
    write(sid, change) {
      const before = writing.get(sid) || Promise.resolve();
      const now = before
        .then(() => write(sid, change))
        // The session goes on; its facts are not on the task. An error of Flex's may name the task.
        .catch(() =>
          console.warn('flex-glance: what became of a session could not be written to its task.'),
        )
        .then(() => {
          if (writing.get(sid) === now) writing.delete(sid);
        });
      writing.set(sid, now);
    },
  };
}
