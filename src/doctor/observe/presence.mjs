/** What Glance's presence says to this agent, by Glance's own script. */

import { withLimit } from './limit.mjs';
import { presenceApi } from './script.mjs';

/** As the component asks (`src/effects/presence.rs`), so that its own authorization is not shortened. */
const MINUTES = 120;
/** A visitor that nobody is: only whether the look-up is allowed counts. */
const NOBODY = 'flex-glance-doctor';
const PATIENCE_MS = 10_000;

/**
 * @param {{groupId: number, loginKey: string, partnerUserId: string}} agent
 * @param {{presence?: string, authorization: string}} origins
 * @returns {Promise<{refused?: string, lookup?: string}>} The words of a refusal, or the code with which
 *   a look-up failed; neither if all is well.
 */
export async function askPresence({ groupId, loginKey, partnerUserId }, origins) {
  const { Agent, authorize } = presenceApi();
  const refused = await promised((onsuccess, onfail) =>
    authorize({
      webserver: bare(origins.authorization),
      service: 'presence',
      groupid: groupId,
      credentials: { partnerid: groupId, partneruserid: partnerUserId, loginkey: loginKey },
      duration: MINUTES,
      onsuccess,
      onfail,
    }),
  );
  if (refused !== undefined) return { refused };
  const agent = new Agent({
    visitorid: NOBODY,
    ...(origins.presence && { presenceserver: bare(origins.presence) }),
  });
  const lookup = await promised((onsuccess, onfail) => agent.lookupVisitor({ onsuccess, onfail }));
  return { lookup };
}

/** Glance's script takes hosts without a scheme. */
function bare(origin) {
  return origin.replace(/^https?:\/\//, '');
}

/** Undefined after success, otherwise what `onfail` said. */
function promised(call) {
  const asked = new Promise((resolve, reject) => {
    const fail = (reason) => resolve(typeof reason === 'string' ? reason : 'no reason given');
    Promise.resolve(call(() => resolve(undefined), fail)).catch(reject);
  });
  return withLimit(asked, PATIENCE_MS, () => 'no answer');
}
