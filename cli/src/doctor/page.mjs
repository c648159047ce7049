// Opens a page of a site as a visitor's browser does, redirects and all.

import { isLocal, publicLookup } from './local-network.mjs';
import { request } from './request.mjs';

const MOST_REDIRECTS = 5;

/**
 * @param {URL} url
 * @param {object} how
 * @param {boolean} how.allowLocal Whether a redirect may lead into the local network. It may too if `url`
 *   is of that network itself.
 * @param {ReturnType<typeof import('./network.mjs').createNetwork>} how.network
 * @returns {Promise<import('../../../src/doctor/judge/page.mjs').Page>}
 */
export async function openPage(url, { allowLocal, network }) {
  let here = url;
  let lookup;
  for (let redirects = 0; ; redirects += 1) {
    console.error(`Opening ${here.origin}${here.pathname} …`);
    const answer = await request(here, { headers: { accept: 'text/html' }, network, lookup });
    const page = { ...answer, url: here.href };
    const next = answer.failure ? undefined : redirectOf(answer, here);
    if (!next || redirects === MOST_REDIRECTS) return page;
    if (redirects === 0 && !allowLocal && !(await isLocal(url))) lookup = publicLookup;
    if (lookup && (await isLocal(next))) return { ...page, url: next.href, failure: 'local' };
    here = next;
  }
}

/** Where an answer sends on to, if that is a web page at all. */
function redirectOf({ status, headers: { location } }, base) {
  if (status < 300 || status >= 400 || location === undefined) return undefined;
  try {
    const url = new URL(location, base);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
