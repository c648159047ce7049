import { PresenceVisitor } from './visitor.js';

/**
 * Puts `GLANCE.Presence.Visitor` on the page. With `data-presence="on"` and a visitor ID it connects
 * by itself, which is inferred: Glance speaks of a default behaviour and does not say which.
 *
 * @param {import('../visitor/config.js').Config} config
 */
export function startPresence(config) {
  class Visitor extends PresenceVisitor {
    constructor(parameters) {
      super(config, parameters);
    }
  }
  window.GLANCE = window.GLANCE || {};
  window.GLANCE.Presence = window.GLANCE.Presence || {};
  window.GLANCE.Presence.Visitor = Visitor;
  if (config.presence === 'on' && config.visitorid) {
    const visitor = new Visitor();
    visitor.presence();
    visitor.connect();
  }
}
