// @ts-check
/**
 * One copy of the package works on a page. Two plugins may each bring their own, and names are the page's:
 * Flex's Actions, the ids of notifications, a visitor's connections. The copy that registers first marks
 * the page; others stand back, and begin as a whole once the first is taken back.
 */
import { quietly } from './quietly.js';

/** All copies know it: `{ waiting, others }`, where `others` counts the copies that stood back. */
const MARK = Symbol.for('flex-glance');

/** The place of a copy that is alone by its nature: every test has its own. */
export const ALONE = { keep: () => true, whenOurs: (begin) => begin() };

export function createSoleCopy() {
  /** The mark of the page, while it is ours. */
  let mine;
  let held = 0;
  let isTold = false;

  function take() {
    if (!window[MARK]) window[MARK] = mine = { waiting: new Set(), others: 0 };
    if (window[MARK] === mine) return true;
    if (!isTold) {
      isTold = true;
      window[MARK].others += 1;
      console.warn(
        'flex-glance: another plugin has a copy too, and came first; this one shows nothing. Switch one of the two plugins off.',
      );
    }
    return false;
  }

  function letGo() {
    held -= 1;
    if (held > 0) return;
    const { waiting } = mine;
    mine = undefined;
    delete window[MARK];
    waiting.forEach(quietly);
  }

  return {
    /**
     * Takes the page for good, for a component that nobody registered.
     * @returns {boolean} Whether it is ours.
     */
    keep() {
      if (!take()) return false;
      // Nobody gives it back.
      held += 1;
      return true;
    },

    /**
     * Begins at once, or when the page becomes ours.
     * @param {() => () => void} begin Gives what ends it.
     * @returns {() => void} Ends it, or the waiting for it.
     */
    whenOurs(begin) {
      let end;
      const attempt = () => {
        if (!take()) {
          window[MARK].waiting.add(attempt);
          return;
        }
        held += 1;
        try {
          end = begin();
        } catch (error) {
          letGo();
          throw error;
        }
      };
      attempt();
      return () => {
        if (window[MARK]) window[MARK].waiting.delete(attempt);
        if (!end) return;
        end();
        end = undefined;
        letGo();
      };
    },
  };
}
