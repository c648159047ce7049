// Opens a page of a site as a visitor's browser does, redirects and all.

import { request } from './request.mjs';

const MOST_REDIRECTS = 5;

/**
 * @param {URL} url
 * @returns {Promise<import('../../doctor/judge/page.mjs').Page>}
 */
export async function openPage(url) {
  let here = url;
  for (let redirects = 0; ; redirects += 1) {
    console.error(`Opening ${here.origin}${here.pathname} …`);
    const answer = await request(here, { headers: { accept: 'text/html' } });
    const { location } = answer.headers || {};
    const moved = answer.status >= 300 && answer.status < 400 && location !== undefined;
    const next = moved ? addressOf(location, here) : undefined;
    if (!next || redirects === MOST_REDIRECTS) return { ...answer, url: here.href };
    here = next;
  }
}

/** Where a redirect leads, if that is a web page at all. */
function addressOf(location, base) {
  try {
    const url = new URL(location, base);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
