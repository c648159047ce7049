/** What the doctor says of the props: what the component thinks of them, in words. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from '../js/import.mjs';
import { tellProps } from '../../src/doctor/judge/props.mjs';

const { settingOf } = await importSources('configuration.js');

/** What is told of a prop that the component will not take. */
function wrong(prop, given, { expected = '', props = {} } = {}) {
  const [finding, ...others] = tellProps({ wrong: [{ prop, given, expected }] }, props);
  assert.deepEqual(others, []);
  assert.equal(finding.status, 'error');
  return finding;
}

const TAKEN = {
  groupid: 12345,
  authurl: 'https://x.twil.io/getloginkey?a=b',
  hosts: { web: 'https://a.example', cdn: 'https://www.glancecdn.net' },
};

test('a wrong prop is told by its type, with what it takes', () => {
  const { check, seen, fix } = wrong('openlocation', 'a string', {
    expected: '“flex”, “tab” or “window”',
    props: { openlocation: 'popup' },
  });
  assert.equal(check, 'settings.openlocation');
  assert.equal(seen, 'openlocation is a text that is none of what it takes.');
  assert.equal(fix, 'Set openlocation to "flex", "tab" or "window", or leave it out.');
});

for (const [prop, given, props, seen] of [
  ['groupid', 'a string', { groupid: 'abc' }, 'groupid is "abc".'],
  ['groupid', 'a number', { groupid: -5 }, 'groupid is -5.'],
  ['groupid', 'missing', { groupid: ' ' }, 'groupid is missing.'],
  ['groupid', 'an array', { groupid: [12345] }, 'groupid is an array.'],
  ['glancebaseurl', 'a string', { glancebaseurl: 'live' }, 'glancebaseurl is "live".'],
  ['authurl', 'a string', { authurl: 'https://me:secret@x' }, 'authurl is no https address.'],
  ['authurl', 'missing', {}, 'authurl is missing.'],
  ['hosts', 'an array', { hosts: [] }, 'hosts is an array.'],
  ['hosts.web', 'a string', { hosts: { web: 'ftp://x' } }, 'hosts.web is "ftp://x".'],
  [
    'hosts.cdn',
    'a string',
    { hosts: { cdn: 'me:secret@x' } },
    'hosts.cdn is an address with a user name.',
  ],
  ['puid', 'missing', {}, 'puid is missing.'],
]) {
  test(`a component that takes no ${prop} of ${JSON.stringify(props)} is heard: ${seen}`, () => {
    const finding = wrong(prop, given, { props });
    assert.equal(finding.seen, seen);
    assert.ok(finding.fix && finding.why);
    assert.doesNotMatch(JSON.stringify(finding), /secret/);
  });
}

test('a wrong member of the policy is told by its path and type, and never its value', () => {
  const props = { policy: { workers: 'secret', rolls: [] } };
  const list = wrong('policy.workers', 'a string', { expected: 'a list', props });
  assert.equal(list.check, 'settings.policy');
  assert.equal(list.seen, 'policy.workers is a text that is none of what it takes.');
  assert.equal(list.fix, 'Set policy.workers to a list, or leave it out.');
  const deep = wrong('policy.attributes.not[0].equals', 'an array', { expected: 'a text', props });
  assert.equal(deep.check, 'settings.policy');
  const unknown = wrong('policy.rolls', 'an unknown member', { expected: 'an object', props });
  assert.equal(unknown.seen, 'policy.rolls is an unknown member.');
  assert.equal(
    unknown.fix,
    'Take policy.rolls out, or rename it: where it is, an object is taken.',
  );
  assert.doesNotMatch(JSON.stringify([list, deep, unknown]), /secret/);
});

test('a getter that throws is told, and not entered again', () => {
  const props = {
    get groupid() {
      throw new Error('no settings');
    },
  };
  assert.equal(
    wrong('groupid', 'a getter that throws', { props }).seen,
    'groupid is a getter that throws.',
  );
});

test('with nothing wrong what the component works with is told', () => {
  const props = { groupid: ' 0012345 ', glancebaseurl: 'Production', hosts: { web: 'a.example' } };
  const findings = tellProps({ wrong: [], settings: TAKEN }, props);
  assert.deepEqual(
    findings.map(({ status, seen }) => [status, seen]),
    [
      ['ok', 'groupid is 12345.'],
      ['ok', 'glancebaseurl is "Production".'],
      ['ok', 'authurl is "https://x.twil.io/getloginkey".'],
      ['ok', 'hosts.web is "https://a.example".'],
      ['ok', 'puid and the props that may be left out can be used.'],
    ],
  );
});

test('a group of two digits is taken, with a warning', () => {
  const [group] = tellProps({ wrong: [], settings: { ...TAKEN, groupid: 72 } }, {});
  assert.equal(group.status, 'warning');
});

test('settings of Flex’s configuration are told by the names that administrators know', () => {
  const configured = { problems: [] };
  const wrongOnes = [
    { prop: 'glancebaseurl', setting: 'environment', given: 'a string', expected: '' },
    { prop: 'hosts.web', setting: 'host_web', given: 'a string', expected: '' },
  ];
  const props = { glancebaseurl: 'live', hosts: { web: 'ftp://x' }, configured };
  const told = tellProps({ wrong: wrongOnes }, props);
  assert.deepEqual(
    told.map(({ seen }) => seen),
    ['environment is "live".', 'host_web is "ftp://x".'],
  );
  assert.match(told[0].fix, /^Set environment to "production"/);
});

test('settings that count are told by the names that administrators know, too', () => {
  const props = {
    glancebaseurl: 'production',
    hosts: { web: 'a.example' },
    configured: { problems: [], settingOf },
  };
  const told = tellProps({ wrong: [], settings: TAKEN }, props);
  assert.deepEqual(
    told.map(({ seen }) => seen),
    [
      'group_id is 12345.',
      'environment is "production".',
      'auth_url is "https://x.twil.io/getloginkey".',
      'host_web is "https://a.example".',
      'The Partner UID and the other settings can be used.',
    ],
  );
});

test('members of the configuration that do not count are told by name, a secret as an error', () => {
  const problems = [
    { kind: 'secret', name: 'api_key' },
    { kind: 'unknown', name: 'groupid' },
    { kind: 'worker', name: 'auth_url' },
    { kind: 'value', name: 'placement' },
  ];
  const props = { glancebaseurl: 'production', configured: { problems, settingOf } };
  const told = tellProps({ wrong: [], settings: TAKEN }, props).filter(
    ({ check }) => check === 'settings.configuration',
  );
  assert.deepEqual(
    told.map(({ status }) => status),
    ['error', 'warning', 'warning', 'warning'],
  );
  problems.forEach(({ name }, at) => {
    assert.ok(told[at].seen.includes(name) && told[at].fix.includes(name));
  });
});
