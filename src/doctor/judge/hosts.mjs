/** Judges whether a page may ask one of Glance's hosts. */

import { check } from '../finding.mjs';
import { addToPolicy } from './policy.mjs';

const WHY = {
  web: "Glance's viewer is opened there.",
  presence: 'It tells whether a visitor is on the site.',
  authorization: 'It gives an agent leave to use presence.',
};

/**
 * @param {'web' | 'presence' | 'authorization'} server
 * @param {string} origin
 * @param {{reached: boolean, directive?: string}} seen
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeHost(server, origin, { reached, directive }) {
  const HOST = check(`hosts.${server}`, WHY[server]);
  if (reached) return HOST.ok(`${origin} answers.`);
  if (directive && server === 'web') {
    return HOST.unknown(
      `This page's policy (${directive}) does not let it ask ${origin}, which tabs need not.`,
      `Open ${origin} in a tab.`,
    );
  }
  if (directive) {
    return HOST.error(
      `The page's Content Security Policy (${directive}) refuses ${origin}.`,
      addToPolicy(directive, `${origin} and ${origin.replace(/^http/, 'ws')}`),
    );
  }
  return HOST.error(
    `${origin} cannot be reached.`,
    `Allow ${origin} in the firewall or proxy and in an ad blocker; check hosts.${server} if it is set.`,
  );
}
