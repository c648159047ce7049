/** The findings, the worst first. */

import { CHECKS } from '../checks.mjs';
import { icon, make } from './element.mjs';

const GROUPS = ['error', 'warning', 'unknown', 'ok'];

/**
 * @param {import('../finding.mjs').Finding[]} findings
 * @param {ReturnType<typeof import('./words.mjs').wordsIn>} words
 * @returns {HTMLElement[]} A section for each status that there is; what is in order is folded up.
 */
export function findingsList(findings, words) {
  const groups = GROUPS.map((status) => [status, findings.filter((it) => it.status === status)]);
  return groups
    .filter(([, found]) => found.length > 0)
    .map(([status, found]) => {
      const name = `${words(`doctor_${status}s`)} (${found.length})`;
      const cards = make('ul', {}, ...found.map((finding) => card(finding, words)));
      return status === 'ok'
        ? make(
            'details',
            { open: findings.every((it) => it.status === 'ok') },
            make('summary', {}, name),
            cards,
          )
        : make('section', {}, make('h3', {}, name), cards);
    });
}

function card({ check, status, seen, why, fix }, words) {
  return make(
    'li',
    { 'data-status': status, 'data-check': check },
    make(
      'div',
      { class: 'heading' },
      icon(status),
      // What is in order stands under a heading that says so.
      status === 'ok' ? undefined : make('span', { class: 'badge' }, words(`doctor_${status}`)),
      make('h4', { lang: 'en' }, CHECKS[check] || check),
      make('code', {}, check),
    ),
    make('p', { class: 'seen', lang: 'en' }, seen),
    make('p', { class: 'why', lang: 'en' }, why),
    fix
      ? make(
          'p',
          { class: 'fix' },
          make('b', {}, words('doctor_fix')),
          make('span', { lang: 'en' }, fix),
        )
      : undefined,
  );
}
