// One subject of the report. Whatever goes wrong with it, the others are told.

import { check } from '../../doctor/finding.mjs';

const FAULT = check('doctor.fault', 'What the doctor could not finish is not known.');

/**
 * @param {string} subject
 * @param {() => Finding[] | Promise<Finding[]>} examine
 * @returns {Promise<import('./report.mjs').Examined>} Never rejects.
 * @typedef {import('../../doctor/finding.mjs').Finding} Finding
 */
export async function examined(subject, examine) {
  try {
    return { subject, findings: await examine() };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'no error';
    const fix = 'Report it with flex-glance, with what the doctor was given.';
    return { subject, findings: [FAULT.error(`The doctor itself failed: ${name}.`, fix)] };
  }
}
