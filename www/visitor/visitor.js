/** Presence for a visitor ID of the page's own. */

import { presence } from './presence.js';
import { reporter } from './report.js';

/**
 * Connects a visitor at once, until `stop`.
 * @param {string} visitorid Usually what `visitorId()` gave.
 * @param {object} [options] See `index.d.ts`.
 */
export function connectVisitor(visitorid, options = {}) {
  const visitor = presence(options, reporter(options));
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
