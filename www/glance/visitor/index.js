/**
 * Stands for Glance's visitor script, `CobrowseJS.ashx?group=&site=`.
 *
 * Faithful in: the script tag's attributes, `GLANCE_COBROWSE`, the members of
 * `GLANCE.Cobrowse.Visitor` below, its events, the default session key, a session that goes on from
 * page to page by a cookie of the site, `glance_masked` and password fields that never leave.
 * Differs in: dialogs and words; what travels and how (Glance publishes neither); the cookie's name
 * and the strings of `getSessionState`. The portal's settings, `getMaskingDescriptor`,
 * `data-inputevents`, pausing, remote control and cross-domain sessions are not here. Video is a
 * picture of the visitor's own camera; of the values of `video`, only `off` is known, and every
 * other asks for it. Glance does not name the call that ends a session, so only the visitor's button
 * does it. Terms that are asked for while they are shown or a session runs change nothing (inferred).
 * Presence is a part of its own (`../presence-visitor/`), loaded with `data-presence="api"` or
 * `"on"`.
 */

import { reportSession, reportTerms } from '../presence-visitor/reports.js';
import { startPresence } from '../presence-visitor/start.js';
import { wireButtons } from './buttons.js';
import { readConfig } from './config.js';
import { watchMasking } from './masking.js';
import { hasVideo, Session } from './session.js';
import { Ui } from './ui.js';

const config = readConfig(document.currentScript);
const ui = new Ui(config);
const session = new Session(config, ui);
let asksForConsent = false;

const visitor = {
  startSession: (what) => session.start(what),
  showTerms: async (what) => {
    if (session.isRunning || asksForConsent) {
      return;
    }
    asksForConsent = true;
    const accepts = await ui.askForConsent(hasVideo(what));
    asksForConsent = false;
    reportTerms(accepts ? 'accepted' : 'declined');
    if (accepts) {
      session.start(what);
    }
  },
  getKey: () => session.key,
  inSession: () => session.isRunning,
  getSessionState: () => session.state,
  addEventListener: (name, listener) => session.events.add(name, listener),
};

window.GLANCE = window.GLANCE || {};
window.GLANCE.Cobrowse = window.GLANCE.Cobrowse || {};
window.GLANCE.Cobrowse.Visitor = visitor;

watchMasking(document, () => session.maskingChanged());
wireButtons({
  startSession: () => visitor.startSession(),
  showTerms: () => visitor.showTerms(),
  showButton: () => ui.showButton(() => visitor.showTerms()),
});
reportSession(session);
if (config.presence) {
  startPresence(config);
}
session.resume();
