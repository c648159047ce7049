/**
 * Judges a page of a site: can it be had, has it Glance's script tag, may it load what that needs?
 *
 * @typedef {import('./function.mjs').Answer & {url: string}} Page What came of asking for it; `url` is
 *   where redirects led.
 */

import { check, quote } from '../finding.mjs';
import { startTags } from '../html.mjs';
import { judgePolicies } from './content-security-policy.mjs';
import { judgeScriptTag } from './script-tag.mjs';

const PAGE = check('visitor.page', 'An agent can see those pages alone that load the script.');

const FAILURES = {
  dns: 'Its host name is unknown.',
  refused: 'Nothing listens at its address.',
  tls: 'No trusted https connection came about.',
  timeout: 'No answer came in time.',
  closed: 'The connection was closed without an answer.',
  too_large: 'The page is longer than 1 MB.',
};

/**
 * @param {Page} page
 * @param {{groupid?: unknown, environment?: unknown, hosts?: unknown}} settings Those of the component.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgePage(page, settings) {
  if (page.failure) {
    return [PAGE.error(FAILURES[page.failure] || 'The request failed.', 'Check the address.')];
  }
  const { status, headers = {}, body = '', url } = page;
  if (status !== 200) {
    return [
      PAGE.error(
        `It answered with status ${status}.`,
        'Give the address of a page that everybody can open, without a sign-in.',
      ),
    ];
  }
  const type = String(headers['content-type'] || '');
  if (type && !/html/i.test(type)) {
    return [PAGE.error(`It is no HTML page, but ${quote(type)}.`, 'Give the address of a page.')];
  }
  const tags = startTags(body);
  return [
    PAGE.ok('It is an HTML page.'),
    ...judgeScriptTag({ tags, url, html: body }, settings),
    ...judgePolicies({ tags, url, header: headers['content-security-policy'] }, settings),
  ];
}
