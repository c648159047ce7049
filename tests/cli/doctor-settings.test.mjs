/** What the doctor says about settings on the command line: the same as the component. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgeSettings } from '../../cli/src/doctor/settings.mjs';
import { serversOf } from '../../src/doctor/environment.mjs';
import { readGroupId } from '../../src/doctor/group-id.mjs';

test('hosts take the place of the servers of an environment', () => {
  const servers = serversOf({
    environment: ' Beta ',
    hosts: { cdn: 'cdn.example', web: 'http://x' },
  });
  assert.deepEqual(servers, { web: 'https://beta.glance.net', cdn: 'https://cdn.example' });
});

for (const [value, id] of [
  [12345, 12345],
  ['12345', 12345],
  [' 0072 ', 72],
  [4294967295, 4294967295],
  [4294967296, undefined],
  ['4294967296', undefined],
  [0, undefined],
  ['0', undefined],
  [-5, undefined],
  [1.5, undefined],
  [NaN, undefined],
  ['', undefined],
  ['+5', undefined],
  ['0x10', undefined],
  ['1e4', undefined],
  ['١٢٣', undefined],
  [true, undefined],
  [null, undefined],
  [undefined, undefined],
  [[12345], undefined],
  [{}, undefined],
]) {
  test(`as group ID ${JSON.stringify(value) ?? 'undefined'} is ${id ?? 'refused'}`, () => {
    assert.equal(readGroupId(value), id);
  });
}

const HOST = 'hosts.web is "http://www.glance.net".';

for (const [what, settings, expected] of [
  ['good settings', { groupid: '12345', environment: 'production', authurl: 'https://x/y' }, []],
  [
    'a group that is no number',
    { groupid: 'x' },
    [['settings.groupid', 'error', 'groupid is "x".']],
  ],
  [
    'a group of two digits',
    { groupid: '72' },
    [
      [
        'settings.groupid',
        'warning',
        'groupid is 72; Glance says that a group ID has four to six digits.',
      ],
    ],
  ],
  [
    'an unknown environment',
    { environment: 'live' },
    [['settings.environment', 'error', 'glancebaseurl is "live".']],
  ],
  [
    'a Function without https',
    { authurl: 'http://x.example/y?Token=secret' },
    [['settings.authurl', 'error', 'authurl is "http://x.example/y", which is not https.']],
  ],
  [
    'a Function with a password',
    { authurl: 'https://me:secret@x.example' },
    [['settings.authurl', 'error', 'authurl is no https address.']],
  ],
  [
    'a host without https',
    { hosts: { web: 'http://www.glance.net' } },
    [['settings.hosts.web', 'error', HOST]],
  ],
  [
    'a host with a password',
    { hosts: { cdn: 'me:secret@x.example' } },
    [['settings.hosts.cdn', 'error', 'hosts.cdn is an address with a user name.']],
  ],
  ['a blank host', { hosts: { web: ' ' } }, [['settings.hosts.web', 'error', 'hosts.web is " ".']]],
]) {
  test(`${what}: ${expected.length ? 'told' : 'nothing to tell'}`, () => {
    const findings = judgeSettings(settings);
    const told = findings.filter(({ status }) => status !== 'ok');
    assert.deepEqual(
      told.map(({ check, status, seen }) => [check, status, seen]),
      expected,
    );
    for (const { fix, why } of told) assert.ok(fix && why);
    assert.ok(!JSON.stringify(findings).includes('secret'));
  });
}
