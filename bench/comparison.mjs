// Rows that set the component beside its twins.

import { median, significant } from './rounds.mjs';
import { VARIANTS } from './variants.mjs';

export const COLUMNS = [...VARIANTS.map(({ title }) => title), 'ratio', 'least', 'most'];

export const NAMES = VARIANTS.map(({ name }) => name);

/**
 * One row of a table with `COLUMNS`: medians, the median of the rounds' ratios of ours to React's, and
 * between which values half of these lie. What slows the machine for a while slows both.
 * @param {string} what
 * @param {string} unit
 * @param {Record<string, number>[]} rounds What each round took, by variant.
 * @param {number} [atMost] The target for the ratio.
 */
export function compare(what, unit, rounds, atMost) {
  const medians = NAMES.map((name) => median(rounds.map((round) => round[name])));
  const ratios = rounds.map(({ ours, react }) => ours / react).sort((a, b) => a - b);
  const quarter = (part) => ratios[Math.round((ratios.length - 1) * part)];
  const figures = [median(ratios), quarter(0.25), quarter(0.75)];
  const values = [...medians, ...figures].map(significant);
  const row = { what, unit, values };
  return atMost === undefined ? row : { ...row, limit: { column: NAMES.length, atMost } };
}

/** A row of counts that have to be nothing for the component. */
export function none(what, unit, counts) {
  const values = NAMES.map((name) => counts[name] ?? '–');
  return { what, unit, values: [...values, '', '', ''], limit: { column: 0, atMost: 0 } };
}
