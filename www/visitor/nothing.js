/**
 * Texts that stand for nothing: what templates and conversions write where there is no value.
 *
 * Each is a possible visitor ID by its letters, and would be that of everybody who has none.
 */

import { standsForNothing } from '../../src/doctor/nothing.mjs';
import { shown } from './report.js';

/**
 * Why a visitor ID stands for nothing, and what to do; undefined for any other value.
 * @param {unknown} id
 */
export function whyNothing(id) {
  const text = typeof id === 'string' ? shown(id).trim() : '';
  if (!text || !standsForNothing(id)) return undefined;
  return `is the text “${text}”, which stands for nothing: all who have no ID would share it. Give each visitor an ID of their own, such as visitorId() makes, and none where there is none.`;
}
