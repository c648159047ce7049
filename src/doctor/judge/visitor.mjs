/** Words whom the component takes for a task's visitor. */

import { check, quote, straightQuotes } from '../finding.mjs';

const ID = check(
  'visitor.id',
  "The visitor's ID is the session key by which agent and visitor meet, the same on both sides.",
);
const STATE = check('task.state', 'It is what the component shows of the task.');

const FLOW =
  'Let the Studio flow set the task attribute glance_visitor_id (npx flex-glance-cli studio makes one)';

/**
 * @param {import('../diagnosis.mjs').Diagnosis} diagnosis
 * @param {string[]} names Of all the attributes that the task has.
 * @returns {import('../finding.mjs').Finding}
 */
export function tellVisitor({ visitor }, names) {
  if (!visitor) {
    return ID.unknown('No task is selected.', 'Select a task with a customer, and run it again.');
  }
  const { nothing, attribute, key, problem } = visitor;
  if (nothing.length > 0) return textsForNothing(visitor);
  if (!attribute) return nobody(names);
  if (key !== undefined) return ID.ok(`${attribute} of the task is ${quote(key)}.`);
  return ID.error(
    straightQuotes(problem),
    attribute === 'visitorid'
      ? 'Let visitorid give 1 to 62 letters, digits and - _ . ~, or nothing.'
      : `Set ${attribute} to 1 to 62 letters, digits and - _ . ~ where the task is made: the very ID that the visitor's page uses.`,
  );
}

/** @returns {import('../finding.mjs').Finding[]} */
export function tellState({ session }) {
  if (!session) return [];
  return [STATE.ok(`${[session.session, session.presence].filter(Boolean).join(', ')}.`)];
}

function textsForNothing(visitor) {
  const texts = visitor.nothing.map(
    ([name, text], at) =>
      `${name}${at === 0 ? ' of the task' : ''} is the text ${quote(text)}, which stands for nothing.`,
  );
  const [[name]] = visitor.nothing;
  return ID.error(
    `${texts.join(' ')} ${inPlaceOfIt(visitor)}`,
    name === 'visitorid'
      ? "Set visitorid to a function of the task that gives its visitor's ID, or undefined itself, not the text of it; or leave it out."
      : `Let the Studio flow set ${name} to the very ID that the visitor's page uses, or leave it out where there is none.`,
  );
}

function inPlaceOfIt({ attribute, key, problem }) {
  if (!attribute) return 'No other attribute names a visitor.';
  const counts = `The next counts: ${attribute}`;
  return key ? `${counts}, ${quote(key)}.` : `${counts}. ${straightQuotes(problem)}`;
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
