/** Words why the component is shown for a task, or is not. */

import { check } from '../finding.mjs';

const POLICY = check(
  'policy',
  'The policy says for which tasks and agents the component is shown. It hides; only the Function forbids.',
);

/** What each kind of rule is about. */
const ABOUT = {
  roles: "the agent's roles",
  queues: "the task's queue",
  channels: "the task's channel",
  skills: "the agent's skills",
  attributes: "the task's attributes",
  workers: 'the agent',
};

/**
 * @param {import('../diagnosis.mjs').Diagnosis} diagnosis
 * @returns {import('../finding.mjs').Finding[]} No value of an attribute is in it.
 */
export function tellPolicy({ policy }) {
  if (!policy) return [];
  const { has_rules: hasRules, is_running: isRunning, denials } = policy;
  if (!hasRules) return [POLICY.ok('There is no policy: the component is shown for every task.')];
  if (denials.length === 0) return [POLICY.ok('The policy shows the component for this task.')];
  const shown = isRunning
    ? 'The policy hides the component for this task as soon as what runs is over.'
    : 'The policy hides the component for this task.';
  const kinds = denials.map(([kind]) => `policy.${kind}`).join(' and ');
  return [
    POLICY.warning(
      [shown, ...denials.map(inWords)].join(' '),
      `If it should be shown, change ${kinds}, or the task or agent. If not, there is nothing to do.`,
    ),
  ];
}

function inWords([kind, why, entry]) {
  const rule = `policy.${kind}`;
  const about = ABOUT[kind];
  if (why === 'not listed') return `No entry of ${rule} matches ${about}.`;
  if (why === 'excluded') return `${rule}.not[${entry}] matches ${about}.`;
  if (kind !== 'attributes') return `${rule} cannot match: Flex does not tell ${about}.`;
  return typeof entry === 'number'
    ? `The attribute of ${rule}.not[${entry}] is missing, or of another type.`
    : `The attributes that ${rule} names are missing, or of other types.`;
}
