import { Agent } from './agent.js';
import { authorize, setToken } from './authorization.js';
import { groupid } from './element.js';

/** Puts `GLANCE.Authorization` and `GLANCE.Presence.Agent` into the page. */
export function install() {
  if (!groupid()) {
    throw new Error(
      'Glance PresenceAgent: the page has no element with id="glance-cobrowse" and data-groupid. ' +
        'Add both to the script element, or to a meta element.',
    );
  }

  window.GLANCE = window.GLANCE || {};
  window.GLANCE.Authorization = { authorize, setToken };
  window.GLANCE.Presence = window.GLANCE.Presence || {};
  window.GLANCE.Presence.Agent = Agent;
}
