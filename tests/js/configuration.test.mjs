// What Flex's hosted configuration and a worker's own settings come to.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from './import.mjs';

const { readSettings } = await importSources('configuration.js');

const CANARY = 'canary-7f3a';
const BASIS = { group_id: 12345, auth_url: 'https://acme.twil.io/getloginkey' };

const hosted = (glance_cobrowse) => ({ custom_data: { features: { glance_cobrowse } } });
const own = (glance_cobrowse) => ({ config_overrides: { features: { glance_cobrowse } } });

test('settings become props under the vendor’s names, hosts become one', () => {
  const { props, problems, placement, isEnabled } = readSettings(
    hosted({
      ...BASIS,
      environment: 'beta',
      open_location: 'tab',
      host_web: 'beta.glance.net',
      host_cdn: 'cdn.myglance.org',
    }),
  );
  assert.deepEqual(props, {
    groupid: 12345,
    authurl: 'https://acme.twil.io/getloginkey',
    glancebaseurl: 'beta',
    openlocation: 'tab',
    hosts: { web: 'beta.glance.net', cdn: 'cdn.myglance.org' },
  });
  assert.deepEqual(
    { problems, placement, isEnabled },
    {
      problems: [],
      placement: 'header',
      isEnabled: true,
    },
  );
});

test('where nobody sets anything, the defaults count and nothing is thrown', () => {
  for (const nothing of [undefined, null, {}, [], 'x', { custom_data: 7 }, hosted(null)]) {
    const settings = readSettings(nothing, nothing, nothing);
    assert.deepEqual(settings.props, { glancebaseurl: 'production' });
    assert.deepEqual(settings.problems, []);
    assert.equal(settings.isEnabled, true);
  }
});

test('a field that an admin tool left empty counts as left out', () => {
  const { props, problems, placement } = readSettings(
    hosted({ ...BASIS, environment: '', open_location: ' ', placement: '', video: null }),
  );
  assert.deepEqual(props, {
    groupid: BASIS.group_id,
    authurl: BASIS.auth_url,
    glancebaseurl: 'production',
  });
  assert.equal(placement, 'header');
  assert.deepEqual(problems, []);
});

test('a worker has their own where the table says so, and nothing else of theirs counts', () => {
  const mine = {
    open_location: 'window',
    enabled: false,
    placement: 'both',
    language: 'es',
    group_id: 666,
    auth_url: `https://${CANARY}.example/`,
    environment: 'beta',
    host_web: `${CANARY}.example`,
    viewer_sandbox: false,
  };
  const settings = readSettings(hosted({ ...BASIS, open_location: 'tab' }), own(mine));
  assert.deepEqual(settings.props, {
    groupid: 12345,
    authurl: BASIS.auth_url,
    glancebaseurl: 'production',
    openlocation: 'window',
  });
  assert.equal(settings.isEnabled, false);
  assert.equal(settings.placement, 'both');
  assert.equal(settings.language, 'es');
  const refused = ['group_id', 'auth_url', 'environment', 'host_web', 'viewer_sandbox'];
  assert.deepEqual(
    settings.problems,
    refused.map((name) => ({ kind: 'worker', name })),
  );
  assert.ok(!JSON.stringify(settings).includes(CANARY));
});

test('what another plugin laid over Flex’s configuration counts as far as a worker’s own would', () => {
  const running = hosted({ ...BASIS, auth_url: `https://${CANARY}.example/`, presence: true });
  const { props, problems } = readSettings(hosted(BASIS), undefined, running);
  assert.equal(props.authurl, BASIS.auth_url);
  assert.equal(props.presence, true);
  assert.deepEqual(problems, []);
});

test('a member that looks like a secret is refused by its name, and its value is nowhere', () => {
  const names = ['api_key', 'GLANCE_API_KEY', 'authtoken', 'clientSecret', 'password', 'glanceKey'];
  const given = Object.fromEntries(names.map((name) => [name, CANARY]));
  const settings = readSettings(hosted({ ...BASIS, ...given }), own({ access_token: CANARY }));
  const refused = [...names, 'access_token'].map((name) => ({ kind: 'secret', name }));
  assert.deepEqual(settings.problems, refused);
  assert.ok(!JSON.stringify(settings).includes(CANARY));
});

test('a member that there is no setting for is told, and so is a value that is not taken', () => {
  const long = 'x'.repeat(500);
  const { problems, placement, isEnabled } = readSettings(
    hosted({ ...BASIS, groupid: 1, [long]: 1, placement: CANARY, enabled: 'yes' }),
  );
  assert.deepEqual(problems, [
    { kind: 'unknown', name: 'groupid' },
    { kind: 'unknown', name: 'x'.repeat(40) },
    { kind: 'value', name: 'placement' },
    { kind: 'value', name: 'enabled' },
  ]);
  assert.deepEqual([placement, isEnabled], ['header', true]);
  assert.deepEqual(readSettings(hosted('on')).problems, [
    { kind: 'value', name: 'glance_cobrowse' },
  ]);
});

test('texts of true and false switch it, as Flex’s admin tools may write them', () => {
  for (const enabled of ['false', 'FALSE', ' false ', false]) {
    assert.equal(readSettings(hosted({ ...BASIS, enabled })).isEnabled, false, String(enabled));
  }
  for (const enabled of ['true', 'TRUE', ' true ', true]) {
    assert.equal(readSettings(hosted({ ...BASIS, enabled })).isEnabled, true, String(enabled));
  }
});

test('names of the prototype are members like any other', () => {
  const given = JSON.parse('{"__proto__": {"group_id": 1}, "constructor": 2}');
  const { props, problems } = readSettings(hosted(given));
  assert.equal(props.groupid, undefined);
  assert.deepEqual(
    problems.map(({ name }) => name),
    ['__proto__', 'constructor'],
  );
});

test('the policy is the account’s: a worker’s own is refused, and tells nothing of itself', () => {
  const policy = { roles: ['agent'], attributes: [{ path: 'vip', equals: true }] };
  const { props, problems } = readSettings(
    hosted({ ...BASIS, policy }),
    own({ policy: { workers: [CANARY] } }),
  );
  assert.deepEqual(props.policy, policy);
  assert.deepEqual(problems, [{ kind: 'worker', name: 'policy' }]);
});
