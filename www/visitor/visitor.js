/** Presence for a visitor ID of the page's own. */

import { connectOptions } from './options.js';
import { presence } from './presence.js';

/**
 * Connects a visitor at once, until `stop`.
 * @param {string} visitorid Usually what `visitorId()` gave.
 * @param {object} [given] Options, see `index.d.ts`.
 */
export function connectVisitor(visitorid, given) {
  const { options, report } = connectOptions(given);
  const visitor = presence(options, report);
  visitor.follow(visitorid === undefined ? '' : visitorid);
  return {
    get visitorId() {
      return visitor.id;
    },
    stop() {
      visitor.follow();
    },
  };
}
