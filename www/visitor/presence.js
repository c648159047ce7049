/** The one `GLANCE.Presence.Visitor` of a chat: made for the visitor ID that was given last. */

import { standsForNothing } from '../../src/doctor/nothing.mjs';
import { backoff } from './backoff.js';
import { presenceVisitor, taggedGroupId, whenGlance, whyNoGlance } from './glance.js';
import { whyNothing } from './nothing.js';
import { whenPageChanges } from './page.js';
import { guarded, reason } from './report.js';

/** A connection that lasted this long was a good one: the next drop is the first again. */
const GOOD_LIFE_MS = 60000;

/** What a visitor ID may be: the union of Glance's rules. `vectors/session_key.json` has the cases. */
const VISITOR_ID = /^[A-Za-z0-9_~.-]{1,62}$/;

/** Whether Glance can accept this as a visitor ID. */
export function isVisitorId(id) {
  return typeof id === 'string' && VISITOR_ID.test(id) && !standsForNothing(id);
}

/**
 * @param {object} options `groupid`, `data`, `pagedata` and `onchange`, see `index.d.ts`.
 * @param {Function} report From `reporter`.
 * @returns {{follow(id?: string): void, readonly id?: string}} `follow` connects this visitor in
 *   place of the one before, or nobody; extra calls are harmless, and none throws.
 */
export function presence(options, report) {
  const notify = guarded(report, options.onchange || (() => {}));
  // Glance documents that later data is merged, and not by which name it keeps the page's address; its
  // agents read `url`.
  const { pagedata = (url) => ({ url }) } = options;
  let id;
  let visitor;
  let failures = 0;
  let connectedAt;
  let cancel = () => {};
  let unwatch = () => {};

  function disconnect() {
    cancel();
    unwatch();
    const old = visitor;
    visitor = undefined;
    if (!old) return;
    try {
      // Seen in Glance's own pages, but in none of its documents.
      if (typeof old.disconnect === 'function') old.disconnect();
      else {
        report(
          'disconnect',
          'This Glance script cannot disconnect a visitor before the page is left.',
        );
      }
    } catch (error) {
      report('disconnect', `Glance could not disconnect a visitor (${reason(error)}).`, error);
    }
  }

  function begin() {
    if (typeof document === 'undefined') {
      report('script', 'There is no page here, so no visitor is connected. Call it in a browser.');
      return;
    }
    if (presenceVisitor()) {
      connect();
      return;
    }
    cancel = whenGlance(connect, () =>
      report('script', `GLANCE.Presence.Visitor is not there. ${whyNoGlance()} Still waiting.`),
    );
  }

  function connect() {
    connectedAt = Date.now();
    try {
      const Visitor = presenceVisitor();
      const parameters = { visitorid: id };
      const groupid = options.groupid || taggedGroupId();
      if (groupid) parameters.groupid = String(groupid);
      const fresh = new Visitor(parameters);
      visitor = fresh;
      // Glance documents no list of a visitor's errors, so each counts as a lost connection. `onclose`
      // was seen in Glance's own pages only.
      fresh.onerror = guarded(report, (error) => fresh === visitor && lost(reason(error), error));
      fresh.onclose = guarded(report, () => fresh === visitor && lost('it was closed'));
      fresh.presence(options.data ? { data: options.data } : {});
      if (pagedata) unwatch = whenPageChanges(guarded(report, (url) => tellPage(fresh, url)));
      fresh.connect();
    } catch (error) {
      lost(reason(error), error);
    }
  }

  function tellPage(connected, url) {
    const data = pagedata(url);
    if (data) connected.presence({ data });
  }

  function lost(why, cause) {
    disconnect();
    failures = Date.now() - connectedAt < GOOD_LIFE_MS ? failures + 1 : 1;
    const timer = setTimeout(begin, backoff(failures));
    cancel = () => clearTimeout(timer);
    report(
      'connection',
      `The connection to Glance presence was lost (${why}). Trying again.`,
      cause,
    );
  }

  function follow(next) {
    if (next === id) return;
    if (next !== undefined && !isVisitorId(next)) {
      const why = whyNothing(next) || 'must be 1 to 62 letters A to Z, digits or - _ . ~.';
      report('visitorid', `The visitor ID ${why} No visitor is connected.`);
      follow();
      return;
    }
    disconnect();
    id = next;
    failures = 0;
    if (id) begin();
    notify(id);
  }

  return {
    get id() {
      return id;
    },
    follow: guarded(report, follow),
  };
}
