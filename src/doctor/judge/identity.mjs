/** Judges whom the login key is signed for, beside the agent's Flex identity. */

import { check, quote } from '../finding.mjs';
import { decodeIdentity } from '../identity.mjs';

const MATCH = check(
  'identity.match',
  'Glance knows an agent by the Partner UID: the value that was signed, letter by letter.',
);

/**
 * @param {{partnerUserId?: unknown}} reply
 * @param {import('./function.mjs').Question} question
 * @returns {import('../finding.mjs').Finding[]} None if neither side is known.
 */
export function judgeIdentity({ partnerUserId: signed }, { identity, partnerUserId: asked }) {
  const own = identity === undefined ? asked : identity;
  if (typeof signed !== 'string' || signed === '') {
    // The published Function signs what it is asked for, and the component then uses the same.
    const taken = asked === undefined ? own : asked;
    if (taken === undefined) return [];
    const seen = `The reply does not say for whom; ${quote(taken)} was asked for.`;
    return [MATCH.ok(`${seen} ${portal(taken)}`)];
  }
  const seen = `The key is signed for ${quote(signed)}`;
  if (own === undefined) return [MATCH.ok(`${seen}. ${portal(signed)}`)];
  const plain = decodeIdentity(own);
  const both = plain === own ? quote(own) : `${quote(own)}, which is ${quote(plain)} unescaped`;
  if (signed === own || signed === plain || decodeIdentity(signed) === plain) {
    return [MATCH.ok(`${seen}; the agent is ${both}. ${portal(signed)}`)];
  }
  return [
    MATCH.warning(
      `${seen}; the agent is ${both}.`,
      `Right only if PARTNER_USER_ID of the Function is realm, and the agent's Partner UID in the ` +
        `Glance portal is ${quote(signed)}. Otherwise pass puid as manager.user.identity.`,
    ),
  ];
}

function portal(signed) {
  return `The agent's Partner UID in the Glance portal must be ${quote(signed)}.`;
}
