/** Judges what stands between the agent and Glance's presence. */

import { check, quote } from '../finding.mjs';
import { addToPolicy } from './policy.mjs';

const SCRIPT = check(
  'presence.script',
  "Without Glance's script agents do not see who is on the site, and have to ask for keys.",
);
const API = check(
  'presence.api',
  'The script has to bring GLANCE.Presence.Agent, which the component works with.',
);
const AUTHORIZED = check(
  'presence.authorized',
  'Glance tells only agents with a subscription that includes Presence who is on the site.',
);
const ORIGIN = check(
  'presence.origin',
  'Glance answers presence only to pages on its list of trusted agent origins.',
);

const SERVICE = check(
  'presence.service',
  'Presence tells whether a visitor is on the site, and asks them for a session.',
);

/**
 * @param {{loaded: boolean, directive?: string, hostReached: boolean}} seen
 * @param {string} cdn Origin of the script.
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeScript({ loaded, directive, hostReached }, cdn) {
  if (loaded) return SCRIPT.ok(`The script of ${cdn} can be loaded.`);
  if (directive) {
    return SCRIPT.error(
      `The page's Content Security Policy (${directive}) refuses the script of ${cdn}.`,
      addToPolicy(directive, cdn),
    );
  }
  return hostReached
    ? SCRIPT.error(
        `${cdn} answers, but its script does not arrive: as a rule an ad blocker or a filter of the network stops it.`,
        `Allow ${cdn}/cobrowse/ in the ad blocker and in the network's filter. If there is none, check groupid.`,
      )
    : SCRIPT.error(
        `${cdn} cannot be reached.`,
        `Allow ${cdn} in the firewall or proxy, and in an ad blocker; check hosts.cdn if it is set.`,
      );
}

/**
 * @param {{Agent?: unknown, authorize?: unknown, hasGlance: boolean}} api
 * @returns {import('../finding.mjs').Finding[]} None as long as the page has not loaded the script.
 */
export function judgeApi({ Agent, authorize, hasGlance }) {
  if (typeof Agent === 'function' && typeof authorize === 'function') {
    return [API.ok("The page has Glance's presence.")];
  }
  if (!hasGlance) return [];
  return [
    API.error(
      'A script of Glance is on the page, but it brought no presence for agents.',
      'Ask Glance whether Presence is on for the group. If another plugin loads a script of Glance, let it load script=PresenceAgent.',
    ),
  ];
}

/**
 * @param {{refused?: string, lookup?: string}} seen
 * @param {string} origin The page's.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgePresence({ refused, lookup }, origin) {
  if (refused !== undefined) {
    return [
      AUTHORIZED.error(
        `Glance refused the agent: ${quote(refused)}`,
        "Compare the agent's Partner UID in the Glance portal with the signed one, and ask Glance whether the subscription includes Presence.",
      ),
    ];
  }
  const authorized = AUTHORIZED.ok('Glance authorized the agent for presence.');
  if (lookup === undefined) return [authorized, ORIGIN.ok(`Presence answers ${origin}.`)];
  if (lookup !== 'authorization') {
    return [
      authorized,
      SERVICE.error(
        `Presence did not look a visitor up: ${quote(lookup)}.`,
        'Try again in a minute. If it stays, ask Glance about its Presence service, and allow WebSockets to it in firewall and proxy.',
      ),
    ];
  }
  return [
    authorized,
    ORIGIN.error(
      `Presence refuses to look a visitor up for a page of ${origin}.`,
      `Ask Glance to add ${origin} to the trusted agent origins of Presence; see also Settings, Cobrowse Settings, CRM and Chat Integration in the portal.`,
    ),
  ];
}
