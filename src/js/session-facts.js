// @ts-check
/**
 * Writes what stands of a session on its task, beside whatever else is there: each time on what the task says at
 * that moment, again if somebody else was faster. It never throws and nobody waits for it.
 */
import { SESSION } from './task.js';

/** Somebody else may be faster so many times. */
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
    for (let tries = 1; ; tries += 1) {
      const attributes = await host.taskAttributes(sid, tries > 1);
      const session = attributes && fold(attributes[SESSION], change);
      if (!session) return;
      try {
        await host.setTaskAttributes(sid, { ...attributes, [SESSION]: session });
        return;
      } catch (error) {
        if (tries === TRIES) throw error;
      }
    }
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
