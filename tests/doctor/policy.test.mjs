/** Why the component is shown for a task, or is not, in the doctor's words. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tellPolicy } from '../../src/doctor/judge/visibility.mjs';

function tell(denials, { hasRules = true, isRunning = false } = {}) {
  const policy = { has_rules: hasRules, is_running: isRunning, denials };
  const [finding, ...others] = tellPolicy({ wrong: [], policy });
  assert.deepEqual(others, []);
  assert.equal(finding.check, 'policy');
  return finding;
}

for (const [denial, seen] of [
  [['roles', 'not listed'], "No entry of policy.roles matches the agent's roles."],
  [['queues', 'excluded', 1], "policy.queues.not[1] matches the task's queue."],
  [['skills', 'not told'], "policy.skills cannot match: Flex does not tell the agent's skills."],
  [
    ['attributes', 'not told', 0],
    'The attribute of policy.attributes.not[0] is missing, or of another type.',
  ],
  [
    ['attributes', 'not told'],
    'The attributes that policy.attributes names are missing, or of other types.',
  ],
]) {
  test(`a hidden task is told with its rule: ${seen}`, () => {
    const finding = tell([denial]);
    assert.equal(finding.status, 'warning');
    assert.equal(finding.seen, `The policy hides the component for this task. ${seen}`);
    assert.match(finding.fix, new RegExp(`change policy\\.${denial[0]},`));
  });
}

test('every rule that says no is told at once', () => {
  const finding = tell([
    ['roles', 'not listed'],
    ['channels', 'not listed'],
  ]);
  assert.match(finding.seen, /policy\.roles .* policy\.channels/);
  assert.match(finding.fix, /policy\.roles and policy\.channels/);
});

test('what runs is told to stay until it is over', () => {
  const finding = tell([['roles', 'not listed']], { isRunning: true });
  assert.match(finding.seen, /as soon as what runs is over/);
});

test('a task that is shown, and a set-up without rules, are in order', () => {
  assert.equal(tell([]).status, 'ok');
  assert.equal(tell([], { hasRules: false }).status, 'ok');
});

test('without a task nothing is told', () => {
  assert.deepEqual(tellPolicy({ wrong: [] }), []);
});
