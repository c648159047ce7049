// One subject of the report. Whatever goes wrong with it, the others are told.

import { check } from '../../../src/doctor/finding.mjs';
import { UsageError } from '../usage-error.mjs';

const FAULT = check('doctor.fault', 'What the doctor could not finish is not known.');
const COMMAND = check('doctor.command', 'Nothing was looked at.');

/**
 * @param {string} subject
 * @param {() => Finding[] | Promise<Finding[]>} examine
 * @returns {Promise<import('./report.mjs').Examined>} Never rejects, also if what `examine` has started
 *   throws where nobody catches it.
 * @typedef {import('../../../src/doctor/finding.mjs').Finding} Finding
 */
export async function examined(subject, examine) {
  let onUncaught;
  const uncaught = new Promise((_, reject) => (onUncaught = reject));
  process.on('uncaughtException', onUncaught);
  try {
    const findings = await Promise.race([uncaught, (async () => examine())()]);
    return { subject, findings };
  } catch (error) {
    return { subject, findings: [fault(error)] };
  } finally {
    process.off('uncaughtException', onUncaught);
  }
}

/**
 * What is told in place of a report.
 * @param {unknown} error Why there is none.
 * @returns {import('./report.mjs').Examined}
 */
export function unexamined(error) {
  const subject = 'Command line';
  if (!(error instanceof UsageError)) return { subject, findings: [fault(error)] };
  const [seen, ...fix] = error.message.split('\n');
  return { subject, findings: [COMMAND.error(seen, fix.join(' '))] };
}

function fault(error) {
  const name = error instanceof Error ? error.name : 'no error';
  const fix = 'Report it with flex-glance, with what the doctor was given.';
  return FAULT.error(`The doctor itself failed: ${name}.`, fix);
}
