/** One examination: every step at once, each for itself, and the report of all. */

/* global VERSION */

import { check } from './finding.mjs';
import { withLimit } from './observe/limit.mjs';
import { STEPS } from './steps.mjs';

/**
 * Every request has a limit of its own; this one is for what a host page's functions may never do.
 */
const STEP_LIMIT_MS = 60_000;

const FAULT = check('doctor.fault', 'What the doctor could not finish is not known.');

/**
 * @typedef {object} Report
 * @property {string} version Of flex-glance.
 * @property {string} at ISO 8601.
 * @property {string} page Origin of the page.
 * @property {string} browser
 * @property {import('./finding.mjs').Finding[]} findings
 */

/**
 * @param {import('./subject.mjs').Subject & {popup?: boolean}} subject
 * @param {(progress: {done: number, total: number}) => void} [tell] Called as each step ends.
 * @returns {Promise<Report>} Never rejects.
 */
export async function examine(subject, tell = () => {}) {
  const secrets = new Set();
  const running = {};
  const told = {
    keepSecret: (secret) => typeof secret === 'string' && secret.length > 8 && secrets.add(secret),
    of: (name) => running[name],
  };
  const names = Object.keys(STEPS);
  let done = 0;
  for (const name of names) {
    const late = () => unfinished(`The step ${name} did not end within a minute.`);
    running[name] = withLimit(
      Promise.resolve().then(() => STEPS[name](subject, told)),
      STEP_LIMIT_MS,
      late,
    )
      .catch((error) => unfinished(`The step ${name} failed: ${error && error.name}.`))
      .then((outcome) => {
        done += 1;
        tell({ done, total: names.length });
        return outcome;
      });
  }
  const outcomes = await Promise.all(names.map((name) => running[name]));
  return withoutSecrets(reportOf(outcomes.flatMap(({ findings }) => findings)), secrets);
}

/** @param {import('./finding.mjs').Finding[]} findings */
export function reportOf(findings) {
  return {
    version: typeof VERSION === 'string' ? VERSION : 'source',
    at: new Date().toISOString(),
    page: location.origin,
    browser: navigator.userAgent,
    findings,
  };
}

function unfinished(seen) {
  return {
    findings: [FAULT.unknown(seen, 'Run it again; if it stays, report it with flex-glance.')],
  };
}

/** So much of a secret gives it away: others may have cut it. */
const TELLTALE = 16;

/** Takes out every text that begins as a known secret does, whoever put it there. */
function withoutSecrets(report, secrets) {
  const hide = (text) => [...secrets].reduce(without, text);
  const findings = report.findings.map((finding) => ({
    ...finding,
    seen: hide(finding.seen),
    fix: hide(finding.fix),
  }));
  return { ...report, findings };
}

function without(text, secret) {
  const begin = secret.slice(0, TELLTALE).replace(/[^A-Za-z0-9]/g, '\\$&');
  return text.replace(new RegExp(`${begin}[^\\s"]*`, 'g'), '(removed)');
}
