// The doctor's report, for people and for programs.

import { printable } from '../../../src/doctor/finding.mjs';

const STATUSES = ['error', 'warning', 'unknown', 'ok'];

/** @typedef {{subject: string, findings: import('../../../src/doctor/finding.mjs').Finding[]}} Examined */

/** How often each status was found. */
export function count(examined) {
  const findings = examined.flatMap((one) => one.findings);
  return Object.fromEntries(
    STATUSES.map((name) => [name, findings.filter(({ status }) => status === name).length]),
  );
}

/** @param {Examined[]} examined */
export function asJson(examined) {
  return JSON.stringify({ examined: examined.map(shown), count: count(examined) }, null, 2);
}

/** @param {Examined[]} examined */
export function asText(examined) {
  const found = count(examined);
  const totals = STATUSES.map((name) => `${found[name]} ${name}`).join(', ');
  return [...examined.map(shown).map(section), totals].join('\n\n');
}

/** A subject may be the name of a file, which holds any character. */
export function shown({ subject, findings }) {
  return { subject: printable(subject), findings };
}

function section({ subject, findings }) {
  return [subject, ...findings.map(lines)].join('\n');
}

function lines({ check, status, seen, why, fix }) {
  const told = [`${status.toUpperCase().padEnd(8)} ${check}`, `Seen: ${seen}`];
  if (status !== 'ok') told.push(`Why: ${why}`);
  if (fix) told.push(`Fix: ${fix}`);
  return told.map((line, index) => `${index === 0 ? '  ' : '           '}${line}`).join('\n');
}
