/** Judges who a task says its visitor is, as `src/core/task.rs` reads it. */

import { check, quote } from '../finding.mjs';
import { standsForNothing } from '../nothing.mjs';
import { brokenRule } from '../session-key.mjs';
import { trim } from '../white-space.mjs';

const ID = check(
  'visitor.id',
  "The visitor's ID is the session key by which agent and visitor meet, the same on both sides.",
);

const FLOW =
  'Let the Studio flow set the task attribute glance_visitor_id (npx flex-glance studio makes one)';

/**
 * @param {{visitorid?: unknown, attributes: Record<string, unknown>, names: string[]} | undefined} task
 *   Undefined if no task is selected.
 * @returns {import('../finding.mjs').Finding}
 */
export function judgeVisitor(task) {
  if (!task) {
    return ID.unknown('No task is selected.', 'Select a task with a customer, and run it again.');
  }
  const { visitorid, attributes, names } = task;
  const given = [
    ['visitorid', visitorid],
    ['glance_visitor_id', attributes.glance_visitor_id],
    ['conversationSid', attributes.conversationSid],
    ['channelSid', attributes.channelSid],
  ].filter(([, value]) => !isMissing(value));
  const named = given.find(([, value]) => !standsForNothing(value));
  const nothing = given.slice(0, named ? given.indexOf(named) : undefined);
  if (nothing.length > 0) return textsForNothing(nothing, named);
  if (!named) return nobody(names);

  const [name, value] = named;
  const rule = brokenRule(value);
  if (!rule) return ID.ok(`${name} of the task is ${quote(trim(String(value)))}.`);
  return ID.error(
    `${name} of the task cannot be a session key: ${rule}.`,
    name === 'visitorid'
      ? 'Let visitorid give 1 to 62 letters, digits and - _ . ~, or nothing.'
      : `Set ${name} to 1 to 62 letters, digits and - _ . ~ where the task is made: the very ID that the visitor's page uses.`,
  );
}

/** As the component does, the next attribute is taken. */
function textsForNothing(nothing, next) {
  const texts = nothing.map(
    ([name, value], at) =>
      `${name}${at === 0 ? ' of the task' : ''} is the text ${quote(trim(value))}, which stands for nothing.`,
  );
  const [name] = nothing[0];
  return ID.error(
    `${texts.join(' ')} ${inPlaceOfIt(next)}`,
    name === 'visitorid'
      ? "Let visitorid give the visitor's ID, or undefined itself, not the text of it."
      : `Let the Studio flow set ${name} to the very ID that the visitor's page uses, or leave it out where there is none.`,
  );
}

function inPlaceOfIt(next) {
  if (!next) return 'No other attribute names a visitor.';
  const [name, value] = next;
  const rule = brokenRule(value);
  return rule
    ? `The next counts: ${name}, which cannot be a session key: ${rule}.`
    : `The next counts: ${name}, ${quote(trim(String(value)))}.`;
}

function nobody(names) {
  const similar = names.find((name) => /glance|visitor/i.test(name));
  return ID.warning(
    similar
      ? `The task names no visitor. It has ${quote(similar)}, which is not read.`
      : 'The task names no visitor: it has no glance_visitor_id, conversationSid or channelSid.',
    similar
      ? `Rename the attribute ${quote(similar)} to glance_visitor_id, or set visitorid to (task) => task.attributes[${quote(similar)}].`
      : `${FLOW}, or set the prop visitorid. For phone calls nothing is to be done: agents type the key.`,
  );
}

function isMissing(value) {
  return value === undefined || value === null || (typeof value === 'string' && !trim(value));
}
