/** Judges whether Glance's viewer can be shown in Flex's panel. */

import { check } from '../finding.mjs';
import { addToPolicy } from './policy.mjs';

const FRAME = check(
  'viewer.frame',
  'With openlocation "flex" the viewer opens in Flex\'s panel, in a frame.',
);

const IN_A_TAB =
  'Until then set openlocation to "tab"; agents have Open in a tab in the panel, too.';

/**
 * @param {Awaited<ReturnType<typeof import('../observe/viewer.mjs').frameViewer>>} seen
 * @param {string} web Origin of Glance's web server.
 * @param {string} origin The page's.
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeViewer(seen, web, origin) {
  const { host } = new URL(origin);
  if (typeof seen === 'object') {
    return FRAME.error(
      `The page's Content Security Policy (${seen.directive}) refuses frames of ${web}.`,
      `${addToPolicy(seen.directive, web)} ${IN_A_TAB}`,
    );
  }
  switch (seen) {
    case 'framed':
      return FRAME.ok(
        `${web} lets ${host} frame its viewer. Whether the browser keeps the agent signed in there (third-party cookies) no page can see: if the panel asks for a Glance login, set openlocation to "tab".`,
      );
    case 'refused':
      return FRAME.error(
        `${web} answers, but its viewer does not show in a frame of ${host}.`,
        `Add ${host} in the Glance portal: Settings, Cobrowse Settings, CRM and Chat Integration. ${IN_A_TAB}`,
      );
    case 'unreachable':
      return FRAME.error(
        `${web} cannot be reached.`,
        `Allow ${web} in the firewall or proxy; check glancebaseurl, and hosts.web if it is set.`,
      );
    case 'silent':
      return FRAME.error(
        `The viewer of ${web} did not arrive within 10 seconds.`,
        `Open ${web} in a tab. If it comes there, a filter stops it in frames. ${IN_A_TAB}`,
      );
    default:
      return FRAME.unknown(
        `Something of ${web} arrived in a frame; this page's policy lets nobody see whether it is the viewer.`,
        `Open a session. If the panel shows no viewer, add ${host} in the Glance portal: Settings, Cobrowse Settings, CRM and Chat Integration. ${IN_A_TAB}`,
      );
  }
}
