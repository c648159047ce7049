/** The plan of `flex-glance deploy`: what is to be done, from what an account has. No network. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nextStep, planOf, settingsAfter } from '../../cli/src/deploy/goal.mjs';
import { noted, readNotes } from '../../cli/src/deploy/notes.mjs';
import { foreignOf, settingsIn, withSettings } from '../../cli/src/deploy/settings.mjs';
import { createWalk, isServed } from '../../cli/src/deploy/undo-target.mjs';
import { compareVersions, redeployed } from '../../cli/src/deploy/version.mjs';
import { describePlan, describeRequest } from '../../cli/src/deploy/words.mjs';

const GOAL = {
  version: '0.1.0',
  code: 'exports.handler = 1;',
  bundle: Buffer.from('plugin'),
  bundleDigest: '0123456789ab',
  variables: { GLANCE_API_KEY: 'canary-api-key', GLANCE_EXPIRATION: '3600' },
  settings: { group_id: 20541 },
};

const FOREIGN = {
  theme: { isLight: true },
  custom_data: { crm: 'https://crm.example', features: { dispositions: { enabled: true } } },
};

const EMPTY = {
  sid: `AC${'0'.repeat(32)}`,
  variables: [],
  assets: [],
  builds: [],
  active: { plugins: [] },
  flex: { uiAttributes: { version_compatibility: 'yes' }, serviceSids: [] },
};

const NEIGHBOURS = ['a', 'b'].map((name) => ({
  name,
  version: '1.0.0',
  versionSid: `FV ${name}`,
  url: `https://${name}.example/bundle.js`,
  phase: 3,
  isPrivate: false,
}));

let made = 0;

/** What Twilio answers to a step: every thing that is made has a SID of its own. */
const answerTo = ({ pretend }) =>
  pretend?.sid ? { ...pretend, sid: `${pretend.sid} ${(made += 1)}` } : pretend;

/** The account after all steps. */
function after(account, goal, answer = answerTo) {
  const step = nextStep(account, goal);
  return step ? after(step.after(answer(step)), goal, answer) : account;
}

const keys = (account, goal) => planOf(account, goal).map(({ key }) => key);

test('a fresh account gets service, Function, plugin, settings and release, in this order', () => {
  assert.deepEqual(keys(EMPTY, GOAL), [
    'service',
    'environment',
    'variable GLANCE_API_KEY',
    'variable GLANCE_EXPIRATION',
    'function',
    'upload function',
    'asset',
    'upload bundle',
    'build',
    'built',
    'deployment',
    'variable FLEX_GLANCE_SET_GROUP_ID',
    'variable FLEX_GLANCE_SET_AUTH_URL',
    'settings',
    'plugin',
    'version',
    'configuration',
    'release',
  ]);
});

test('once it is done there is nothing to do', () => {
  assert.deepEqual(keys(after(EMPTY, GOAL), GOAL), []);
});

test('stopped after any step, the rest of the plan is what is left', () => {
  const all = keys(EMPTY, GOAL);
  let account = EMPTY;
  for (const [i, step] of planOf(EMPTY, GOAL).entries()) {
    account = nextStep(account, GOAL).after(answerTo(step));
    assert.deepEqual(keys(account, GOAL), all.slice(i + 1));
  }
});

test('a changed Function is uploaded, built and deployed, and nothing else', () => {
  const live = after(EMPTY, GOAL);
  assert.deepEqual(keys(live, { ...GOAL, code: 'exports.handler = 2;' }), [
    'upload function',
    'build',
    'built',
    'deployment',
  ]);
});

test('a changed variable needs no build', () => {
  const variables = { ...GOAL.variables, GLANCE_API_KEY: 'another-api-key' };
  assert.deepEqual(keys(after(EMPTY, GOAL), { ...GOAL, variables }), ['variable GLANCE_API_KEY']);
});

test('a new version keeps the bundle of the one before, which --undo goes back to', () => {
  const live = after(EMPTY, GOAL);
  const steps = planOf(live, { ...GOAL, version: '0.2.0', bundleDigest: 'ba9876543210' });
  const build = steps.find(({ key }) => key === 'build');
  assert.equal(build.request.form.AssetVersions.length, 2);
  assert.deepEqual(
    steps.map(({ key }) => key),
    [
      'asset',
      'upload bundle',
      'build',
      'built',
      'deployment',
      'version',
      'configuration',
      'release',
    ],
  );
});

test('the configuration has the plugins that are active, each at its version and phase', () => {
  const account = { ...EMPTY, active: { release: 'FK 1', plugins: NEIGHBOURS } };
  const { request } = planOf(account, GOAL).find(({ key }) => key === 'configuration');
  assert.deepEqual(request.form.Plugins, [
    { phase: 3, plugin_version: 'FV a' },
    { phase: 3, plugin_version: 'FV b' },
    { phase: 3, plugin_version: '(FV of 0.1.0)' },
  ]);
});

test('the plan counts the other plugins as people do', () => {
  for (const [plugins, told] of [
    [[], 'no other plugins'],
    [NEIGHBOURS.slice(0, 1), 'the other active plugin as it is'],
    [NEIGHBOURS, 'the 2 other active plugins as they are'],
  ]) {
    const steps = planOf({ ...EMPTY, active: { plugins } }, GOAL);
    assert.match(describePlan(steps), new RegExp(`flex-glance 0\\.1\\.0 and ${told}\n`));
  }
});

test('what others have in ui_attributes is sent back as it is', () => {
  const account = { ...EMPTY, flex: { uiAttributes: FOREIGN, serviceSids: ['ZS other'] } };
  const { request, what } = planOf(account, GOAL).find(({ key }) => key === 'settings');
  const { ui_attributes, serverless_service_sids, ...rest } = request.json;
  assert.deepEqual(rest, { account_sid: EMPTY.sid });
  assert.deepEqual(serverless_service_sids, ['ZS other', '(ZS of the service)']);
  const settings = { group_id: 20541, auth_url: 'https://flex-glance-NNNN.twil.io/getloginkey' };
  assert.deepEqual(ui_attributes, {
    ...FOREIGN,
    custom_data: {
      ...FOREIGN.custom_data,
      features: { ...FOREIGN.custom_data.features, glance_cobrowse: settings },
    },
  });
  assert.match(what, /\+ group_id: 20541\n {2}\+ auth_url: "https:/);
});

test('settings that nobody asks to change stay, and the difference of the others is shown', () => {
  const uiAttributes = withSettings(FOREIGN, {
    group_id: '20541',
    presence: false,
    policy: { roles: [] },
  });
  const account = { ...EMPTY, flex: { uiAttributes, serviceSids: [] } };
  const goal = { ...GOAL, settings: { group_id: 20541, presence: true } };
  const { what, changes } = planOf(account, goal).find(({ key }) => key === 'settings');
  assert.match(what, /~ presence: false → true/);
  assert.deepEqual(
    changes.map(({ name }) => name),
    ['presence', 'auth_url'],
  );
  const settings = settingsIn(after(account, goal).flex.uiAttributes);
  assert.deepEqual(settings.policy, { roles: [] });
  assert.equal(settings.group_id, '20541');
});

test('an older Node.js of Twilio is left, a newer one stays', () => {
  const live = after(EMPTY, GOAL);
  const on = (runtime) => ({
    ...live,
    builds: live.builds.map((build) => ({ ...build, runtime })),
  });
  assert.deepEqual(keys(on('node20'), GOAL), ['build', 'built', 'deployment']);
  assert.deepEqual(keys(on('node24'), GOAL), []);
});

test('Functions, assets and packages that somebody put into the service stay in the build', () => {
  const live = after(EMPTY, GOAL);
  const [build] = live.builds;
  const dependencies = [{ name: 'lodash', version: '4.17.21' }];
  const functions = [...build.functions, { sid: 'ZN more', path: '/more' }];
  const more = { ...build, functions, dependencies };
  const account = { ...live, builds: [more] };
  assert.deepEqual(keys(account, GOAL), []);
  const { request } = planOf(account, { ...GOAL, code: 'new' }).find(({ key }) => key === 'build');
  assert.deepEqual(request.form.FunctionVersions, ['ZN more', '(ZN of the upload)']);
  assert.deepEqual(JSON.parse(request.form.Dependencies), dependencies);
});

test('a build beside the live one that has the same in it changes nothing', () => {
  const live = after(EMPTY, GOAL);
  const [build] = live.builds;
  for (const status of ['completed', 'building']) {
    const builds = [{ ...build, sid: 'ZB other', status }, build];
    assert.deepEqual(keys({ ...live, builds }, GOAL), [], status);
  }
});

test('a build that failed is made again, and the failure is told', () => {
  const steps = planOf(EMPTY, GOAL);
  const built = steps.find(({ key }) => key === 'built');
  assert.throws(() => built.after({ status: 'failed' }), /Twilio could not build it/);
  const live = after(EMPTY, GOAL);
  const failed = {
    ...live,
    environment: { ...live.environment, buildSid: undefined },
    builds: live.builds.map((build) => ({ ...build, status: 'failed' })),
  };
  assert.deepEqual(keys(failed, GOAL), ['build', 'built', 'deployment']);
});

test('a version whose address is gone gets another number, which is higher and leaves the next free', () => {
  const live = after(EMPTY, GOAL);
  const removed = after(live, { isUndo: true, from: '0.1.0', removesService: true });
  assert.equal(removed.service, undefined);
  const elsewhere = (step) => ({
    ...answerTo(step),
    ...(step.key === 'environment' && { domain_name: 'flex-glance-2.twil.io' }),
  });
  const again = after(removed, GOAL, elsewhere);
  assert.equal(again.active.plugins.at(-1).version, '0.1.1-redeploy.1');
  assert.deepEqual(keys(again, GOAL), []);
  assert.ok(compareVersions(redeployed('0.1.0', 1), '0.1.0') > 0);
  assert.ok(compareVersions(redeployed('0.1.0', 1), '0.1.1') < 0);
});

test('a version that somebody archived is made again, with another number', () => {
  const live = after(EMPTY, GOAL);
  const versions = live.plugin.versions.map((version) => ({ ...version, isArchived: true }));
  const account = { ...live, plugin: { ...live.plugin, versions }, active: { plugins: [] } };
  const [version] = planOf(account, GOAL);
  assert.equal(version.request.form.Version, '0.1.1-redeploy.1');
});

test('undone, the account is as it was, but for service, variables and the plugin that nobody loads', () => {
  const before = { ...EMPTY, flex: { uiAttributes: FOREIGN, serviceSids: [] } };
  const account = { ...before, active: { release: 'FK 1', plugins: NEIGHBOURS } };
  const undone = after(after(account, GOAL), {
    isUndo: true,
    from: '0.1.0',
    removesService: false,
  });
  assert.deepEqual(undone.flex.uiAttributes, FOREIGN);
  assert.deepEqual(undone.active.plugins, NEIGHBOURS);
  assert.deepEqual(
    undone.variables.map(({ key }) => key),
    ['GLANCE_API_KEY', 'GLANCE_EXPIRATION'],
  );
});

test('undoing leaves a setting that somebody changed since, and says so', () => {
  const live = after(EMPTY, { ...GOAL, settings: { group_id: 20541, presence: true } });
  const uiAttributes = withSettings(live.flex.uiAttributes, {
    ...settingsIn(live.flex.uiAttributes),
    presence: false,
    language: 'es',
  });
  const changed = { ...live, flex: { ...live.flex, uiAttributes } };
  const goal = { isUndo: true, from: '0.1.0', removesService: false };
  assert.deepEqual(settingsAfter(changed, goal).theirs, ['presence']);
  const { flex } = after(changed, goal);
  assert.deepEqual(settingsIn(flex.uiAttributes), { presence: false, language: 'es' });
});

test('undoing a second version takes back what that one gave, and not what the first did', () => {
  const first = after(EMPTY, GOAL);
  const second = { ...GOAL, version: '0.2.0', settings: { group_id: 20541, presence: true } };
  const live = after(first, second);
  const to = { version: '0.1.0', versionSid: first.active.plugins.at(-1).versionSid };
  const undone = after(live, { isUndo: true, from: '0.2.0', to, removesService: false });
  assert.deepEqual(settingsIn(undone.flex.uiAttributes), settingsIn(first.flex.uiAttributes));
  assert.equal(undone.active.plugins.at(-1).version, '0.1.0');
  const gone = after(undone, { isUndo: true, from: '0.1.0', removesService: false });
  assert.deepEqual(settingsIn(gone.flex.uiAttributes), {});
});

test('a note keeps what was there before deploy, also when deploy comes again', () => {
  const first = noted([], '0.1.0', false, true);
  const again = noted(JSON.parse(first), '0.1.0', true, false);
  assert.deepEqual(JSON.parse(again), [['0.1.0', false, false]]);
  const theirs = noted(JSON.parse(first), '0.1.0', 'by hand', true);
  assert.deepEqual(JSON.parse(theirs), [['0.1.0', 'by hand', true]]);
});

test('what does not fit into a variable is not noted', () => {
  assert.equal(noted([], '0.1.0', 'x'.repeat(500), 'y'), undefined);
  const note = noted([['0.1.0', null, 'x'.repeat(400)]], '0.2.0', 'x'.repeat(400), 'y');
  assert.equal(JSON.parse(note).length, 1);
});

test('a note that somebody spoiled takes nothing back', () => {
  const notes = readNotes([{ key: 'FLEX_GLANCE_SET_PRESENCE', value: 'no JSON' }]);
  assert.deepEqual([...notes], [['presence', []]]);
});

test('what is foreign does not depend on ours, nor on the order of members', () => {
  const ours = withSettings(FOREIGN, { group_id: 1 });
  const { custom_data, ...rest } = ours;
  assert.equal(foreignOf(FOREIGN), foreignOf({ custom_data, ...rest }));
  assert.notEqual(foreignOf(FOREIGN), foreignOf({ ...FOREIGN, theme: {} }));
});

test('versions are in the order of semver', () => {
  const order = [
    'none',
    '0.1.0-9',
    '0.1.0-a',
    '0.1.0-rc.1',
    '0.1.0-rc.2',
    '0.1.0',
    '0.1.1-redeploy.1',
    '0.1.1',
    '0.2.0',
    '0.10.0',
  ];
  const shuffled = [...order].reverse();
  assert.deepEqual(shuffled.sort(compareVersions), order);
});

/** The version before, where releases are the newest first: `v2`, `-` without ours, `u:` made by undoing. */
const before = async (...releases) => {
  const walk = createWalk(async (at) => {
    const release = releases[at];
    if (release === undefined) return undefined;
    const [, undo, name] = /^(u:)?(.*)$/.exec(release);
    const ours = name === '-' ? undefined : { version: name, versionSid: `FV ${name}` };
    return { ours, isUndo: undo !== undefined };
  });
  return (await walk.before(0))?.version;
};

test('the version before is that of the releases before the present one', async () => {
  assert.equal(await before('v1'), undefined);
  assert.equal(await before('v1', '-'), undefined);
  assert.equal(await before('v2', 'v1', '-'), 'v1');
  assert.equal(await before('v2', 'v2', 'v2', 'v1'), 'v1');
  assert.equal(await before('v2', '-', 'v1'), undefined);
});

test('undone twice it goes back twice, and not to what was undone', async () => {
  assert.equal(await before('u:v1', 'v2', 'v1', '-'), undefined);
  assert.equal(await before('v2', 'u:v1', 'v2', 'v1', '-'), 'v1');
  assert.equal(await before('u:v1', 'v2', 'u:v1', 'v2', 'v1'), undefined);
  assert.equal(await before('u:v2', 'v3', 'v2', 'v1'), 'v1');
  assert.equal(await before('u:v2', 'u:v2', 'v2'), undefined);
});

test('neither the plan nor its requests show a secret', () => {
  const steps = planOf(EMPTY, GOAL);
  const told =
    describePlan(steps) + steps.map(({ request }) => describeRequest(request)).join('\n');
  assert.doesNotMatch(told, /canary/);
  assert.match(told, /Set the Function's variable GLANCE_API_KEY \(a secret, not shown\)/);
});

test('a version can be gone back to as long as the service has its bundle', () => {
  const live = after(EMPTY, GOAL);
  const at = (domain, version) => ({
    url: `https://${domain}/plugins/flex-glance/${version}/bundle.js`,
  });
  assert.ok(isServed(live, at('flex-glance-NNNN.twil.io', '0.1.0')));
  assert.ok(!isServed(live, at('flex-glance-1.twil.io', '0.1.0')));
  assert.ok(!isServed(live, at('flex-glance-NNNN.twil.io', '0.0.9')));
  assert.ok(!isServed(EMPTY, at('flex-glance-NNNN.twil.io', '0.1.0')));
});
