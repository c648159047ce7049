/**
 * Judges a page of a site: can it be had, has it Glance's script tag, may it load what that needs?
 *
 * @typedef {import('./function.mjs').Answer & {url: string}} Page What came of asking for it; `url` is
 *   where redirects led, or would have led.
 */

import { check, quote } from '../finding.mjs';
import { startTags } from '../html.mjs';
import { isOnThisMachine, judgeBetween, mayBeFirewall, withCode } from './connection.mjs';
import { judgePolicies } from './content-security-policy.mjs';
import { judgeScriptTag } from './script-tag.mjs';
import { LOOK_FOR_TAG } from './tag-by-script.mjs';

const PAGE = check('visitor.page', 'An agent can see those pages alone that load the script.');

const FAILURES = {
  dns: [
    'Its host name is unknown.',
    'Check the address. If a browser here knows it, set HTTPS_PROXY to the proxy of this network.',
  ],
  refused: ['Nothing listens at its address.'],
  tls: ['No trusted https connection came about.'],
  timeout: ['No answer came in time.'],
  closed: ['The connection was closed without an answer.'],
};

/** What browsers are let do, and programs are not. */
const IN_A_BROWSER =
  'Open the page in a browser that is on none of your own networks, and look for the tag in its ' +
  `console: ${LOOK_FOR_TAG}`;

/**
 * @param {Page} page
 * @param {{groupid?: unknown, environment?: unknown, hosts?: unknown}} settings Those of the component.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgePage(page, settings) {
  const { status, headers = {}, body = '', url } = page;
  const type = String(headers['content-type'] || '');
  const isCut = page.failure !== undefined && status === 200 && body !== '';
  if (page.failure === 'local') return [notFollowed(url)];
  if (page.failure && !isCut) return [judgeFailure(page)];
  if (mayBeFirewall(status)) {
    const seen = `It answered with status ${status}: a firewall may have refused a program.`;
    return [PAGE.unknown(seen, IN_A_BROWSER)];
  }
  if (status !== 200) {
    return [
      PAGE.error(
        `It answered with status ${status}.`,
        'Give the address of a page that everybody can open, without a sign-in.',
      ),
    ];
  }
  if (type && !/html/i.test(type)) {
    return [PAGE.error(`It is no HTML page, but ${quote(type)}.`, 'Give the address of a page.')];
  }
  const tags = startTags(body);
  return [
    PAGE.ok(isCut ? 'It is an HTML page; not all of it came.' : 'It is an HTML page.'),
    ...judgeScriptTag({ tags, url, html: body, isCut }, settings),
    ...judgePolicies({ tags, url, header: headers['content-security-policy'] }, settings),
  ];
}

function judgeFailure(page) {
  const between = judgeBetween(page, page.url);
  if (between) return PAGE.unknown(between.seen, between.fix);
  const [seen, fix = 'Check the address.'] = FAILURES[page.failure] || ['The request failed.'];
  // Firewalls of sites keep programs waiting, or hang up on them.
  const mayRefuse = ['timeout', 'closed'].includes(page.failure) && !isOnThisMachine(page.url);
  return mayRefuse
    ? PAGE.unknown(withCode(seen, page.code), IN_A_BROWSER)
    : PAGE.error(withCode(seen, page.code), fix);
}

/** A page outside may lead a program to what only this network reaches. */
function notFollowed(url) {
  const { origin, pathname } = new URL(url);
  return PAGE.unknown(
    `It sends on to ${quote(origin + pathname)} in the local network, which was not opened.`,
    'If that is meant, add --allow-local, or give that address itself as --page.',
  );
}
