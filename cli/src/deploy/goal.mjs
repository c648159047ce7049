// What an account has to be like, and the next step towards it. Pure: the plan is what comes of asking for the next
// step until there is none. Run again, the command asks anew, so that it goes on wherever it was stopped.

import { nextFlex } from './flex-steps.mjs';
import { FUNCTION_PATH, PLUGIN } from './names.mjs';
import { noteOf, noteText, noted, readNotes, takenBack } from './notes.mjs';
import { nextPlugin, nextRelease, versionOf } from './release-steps.mjs';
import { nextServerless, removeService } from './serverless-steps.mjs';
import { isSame, settingsIn } from './settings.mjs';
import { removeVariable, setVariable } from './variable-steps.mjs';

/** More steps than this no plan has. */
const MOST_STEPS = 200;

/**
 * @typedef {import('./account.mjs').Account} Account
 *
 * @typedef {object} Goal To deploy.
 * @property {string} version
 * @property {string} code
 * @property {Buffer} bundle
 * @property {string} bundleDigest
 * @property {Record<string, string>} variables Of the Function, that are to have these values.
 * @property {Record<string, any>} settings Likewise; others stay. `auth_url` is the Function's.
 *
 * @typedef {object} Undoing
 * @property {true} isUndo
 * @property {string} [from] The version that is active now.
 * @property {{version: string, versionSid: string}} [to] The version that it had before; none without the plugin.
 * @property {boolean} removesService
 */

/**
 * @param {Account} account
 * @param {Goal | Undoing} goal
 * @returns {import('./step.mjs').Step | undefined}
 */
export function nextStep(account, goal) {
  return goal.isUndo ? nextUndo(account, goal) : nextDeploy(account, goal);
}

/** @returns {import('./step.mjs').Step[]} All steps, as far as it can be told before. */
export function planOf(account, goal) {
  const steps = [];
  let now = account;
  for (;;) {
    const step = nextStep(now, goal);
    if (!step) return steps;
    if (steps.length === MOST_STEPS)
      throw new Error('The plan has no end. Report it with flex-glance.');
    steps.push(step);
    now = step.after(step.pretend);
  }
}

function nextDeploy(account, goal) {
  return (
    nextServerless(account, goal) ??
    nextSettings(account, goal) ??
    nextPlugin(account, goal) ??
    nextRelease(account, asConfigured(versionOf(account, goal)), false)
  );
}

function asConfigured({ sid, version }) {
  return { versionSid: sid, version };
}

/** First the note of what is there, then the change. */
function nextSettings(account, { version, settings }) {
  const { service, environment, flex, variables } = account;
  const now = settingsIn(flex.uiAttributes);
  const wanted = { ...settings, auth_url: `https://${environment.domain}${FUNCTION_PATH}` };
  const notes = readNotes(variables);
  for (const [name, value] of Object.entries(wanted)) {
    if (isSame(now[name], value)) continue;
    const key = noteOf(name);
    const text = noted(notes.get(name) ?? [], version, now[name], value);
    const isKept = variables.some((it) => it.key === key && it.value === text);
    if (text !== undefined && !isKept) return setVariable(account, key, text);
  }
  const sids = flex.serviceSids;
  const listed = sids.includes(service.sid) ? sids : [...sids, service.sid];
  return nextFlex(account, { ...now, ...changesOf(now, wanted) }, listed);
}

/** What is the same by another spelling stays as it is. */
function changesOf(now, wanted) {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isSame(now[name], value)),
  );
}

/** The release comes last of what it undoes: what is before it can be done again, and comes to the same. */
function nextUndo(account, goal) {
  const { service, flex, variables } = account;
  const { settings, isChanged } = settingsAfter(account, goal);
  const step =
    (isChanged && nextFlex(account, settings, flex.serviceSids)) ||
    nextNote(account, goal) ||
    nextRelease(account, goal.to, true);
  if (step) return step;
  if (!goal.removesService || !service) return undefined;
  const others = flex.serviceSids.filter((sid) => sid !== service.sid);
  return (
    nextFlex(account, settingsIn(flex.uiAttributes), others) ??
    removeService({ ...account, variables })
  );
}

/** Which entries of the notes an undoing takes back. Without the plugin nothing of them is left. */
function isTakenBy({ from, to }) {
  return ([version]) => to === undefined || version === from;
}

/** What our settings are after it, and which somebody else changed since. */
export function settingsAfter({ flex, variables }, goal) {
  const now = settingsIn(flex.uiAttributes);
  const settings = { ...now };
  const theirs = [];
  for (const [name, entries] of readNotes(variables)) {
    const { value, isTheirs } = takenBack(now[name], entries, isTakenBy(goal));
    if (isTheirs) theirs.push(name);
    if (value === undefined) delete settings[name];
    else settings[name] = value;
  }
  const isChanged = Object.keys({ ...now, ...settings }).some(
    (it) => !isSame(now[it], settings[it]),
  );
  return { settings, theirs, isChanged };
}

function nextNote(account, goal) {
  const isTaken = isTakenBy(goal);
  for (const [name, entries] of readNotes(account.variables)) {
    const variable = account.variables.find(({ key }) => key === noteOf(name));
    const text = noteText(entries.filter((entry) => !isTaken(entry)));
    if (text === variable.value) continue;
    return text === undefined
      ? removeVariable(account, variable)
      : setVariable(account, variable.key, text);
  }
  return undefined;
}

/** Our plugin among the active ones. */
export function liveIn({ active }) {
  return active.plugins.find(({ name }) => name === PLUGIN);
}
