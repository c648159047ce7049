/** What becomes of a deployment when calls fail, and when somebody else works in the same account. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { nextStep, planOf } from '../../cli/src/deploy/goal.mjs';
import { ACCOUNT_SID, goalOf, startAccount } from './deploy-account.mjs';

const GOAL = goalOf();
const RELEASES = '/v1/PluginService/Releases';
const FLEX = 'flex-api.twilio.com';

const account = await startAccount();
after(() => account.stop());

/** The calls that change something, as faults name them. */
async function writesOf(goal) {
  const steps = planOf(await account.read(), goal);
  return steps.map(({ request }) => {
    // What Twilio alone knows is cut off: SIDs of what is not there yet.
    const [path] = request.path.split('(');
    return `${request.method} ${request.host}${path}`;
  });
}

async function isDone() {
  const now = await account.read();
  assert.equal(nextStep(now, GOAL)?.what, undefined);
  const { services, plugins, releases } = await account.show();
  const ours = ({ unique_name }) => unique_name === 'flex-glance';
  assert.equal(services.filter(ours).length, 1);
  assert.equal(plugins.filter(ours).length, 1);
  assert.equal(plugins.find(ours).versions.length, 1);
  return { now, releases };
}

for (const fault of ['500', '429', 'timeout', 'dropped', 'dropped_after']) {
  test(`every write may fail once: ${fault}`, async () => {
    await account.begin('empty');
    for (const write of new Set(await writesOf(GOAL))) await account.fault(write, fault);
    await account.carryOut(GOAL, { patienceMs: fault === 'timeout' ? 150 : undefined });
    await isDone();
  });
}

test('a step that goes on failing ends the run, and the run after it goes on from there', async () => {
  await account.begin('empty');
  const all = planOf(await account.read(), GOAL);
  const left = [];
  while (left.at(-1) !== 0) {
    const step = nextStep(await account.read(), GOAL);
    if (!step) break;
    await account.fault(
      `${step.request.method} ${step.request.host}${step.request.path}`,
      '500',
      99,
    );
    await assert.rejects(account.carryOut(GOAL), { status: 500 });
    await account.calm();
    const rest = planOf(await account.read(), GOAL);
    left.push(rest.length);
    // One step more each time: all others are done by a run with this one alone.
    await oneStep(step);
  }
  assert.ok(left.length >= all.length - 1, `${left}`);
  assert.deepEqual(
    left,
    [...left].sort((a, b) => b - a),
  );
  await isDone();
});

/** Does one step, as a run that was stopped after it. */
async function oneStep(step) {
  const stop = new Error('stopped');
  let writes = 0;
  const asks = async (url, init) => {
    const isWrite = init.method !== 'GET';
    if (isWrite && (writes += 1) > 1) throw stop;
    const answer = await account.ask(url, init);
    // A wait is over once it has been waited for.
    if (!isWrite && step.isPending && url.pathname.endsWith('/Status')) {
      if (JSON.parse(answer.body).status === 'completed') writes += 1;
    }
    return answer;
  };
  await account.carryOut(GOAL, { asks }).catch((error) => assert.equal(error, stop));
}

for (const fault of ['500', 'dropped_after']) {
  test(`every write of an undoing may fail once: ${fault}`, async () => {
    await account.begin('with_neighbours');
    const before = await account.show();
    await account.carryOut(GOAL);
    const undoing = { isUndo: true, from: GOAL.version, removesService: true };
    for (const write of new Set(await writesOf(undoing))) await account.fault(write, fault);
    await account.carryOut(undoing);
    const shown = await account.show();
    assert.deepEqual(shown.ui_attributes, before.ui_attributes);
    assert.deepEqual(shown.serverless_service_sids, before.serverless_service_sids);
    assert.deepEqual(shown.releases.at(-1).plugins, before.releases.at(-1).plugins);
    assert.deepEqual(shown.services.length, before.services.length);
  });
}

test('a build that fails ends the run, and the next one builds anew', async () => {
  await account.begin('empty');
  await account.fault('POST serverless.twilio.com/v1/Services', 'build_failed', 99);
  await account.fault('POST serverless.twilio.com', 'build_failed', 99);
  await assert.rejects(account.carryOut(GOAL), /Twilio could not build it/);
  await account.calm();
  await account.carryOut(GOAL);
  await isDone();
});

test('a change that Twilio takes and does not keep ends the run', async () => {
  await account.begin('empty');
  let written = 0;
  const asks = async (url, init) => {
    if (init.method === 'GET' || url.pathname !== '/v1/Configuration')
      return account.ask(url, init);
    written += 1;
    assert.ok(written < 100, 'it goes on and on');
    return { status: 200, headers: {}, body: '{}' };
  };
  await assert.rejects(
    account.carryOut(GOAL, { asks }),
    /^Error: Twilio took this 10 times, and .* without it: Register the service flex-glance/,
  );
  // What comes after it was not begun.
  assert.deepEqual((await account.show()).releases, []);
});

test('two who deploy at once end in one service and one release with both', async () => {
  await account.begin('with_neighbours');
  await Promise.all([account.carryOut(GOAL), account.carryOut(GOAL)]);
  const { now } = await isDone();
  assert.deepEqual(now.active.plugins.map(({ name }) => name).sort(), [
    'flex-glance',
    'plugin-dialpad',
    'plugin-dispositions',
  ]);
});

/** Somebody else makes a plugin and releases it beside what is active. */
async function otherReleases(name) {
  const { active } = await account.read();
  const plugins = '/v1/PluginService/Plugins';
  const post = (path, form) => account.other.send({ method: 'POST', host: FLEX, path, form });
  await post(plugins, { UniqueName: name });
  const url = `https://${name}.example/bundle.js`;
  const { sid } = await post(`${plugins}/${name}/Versions`, { Version: '1.0.0', PluginUrl: url });
  const kept = active.plugins.map(({ versionSid, phase }) => ({
    plugin_version: versionSid,
    phase,
  }));
  const all = [...kept, { plugin_version: sid, phase: 3 }];
  const configuration = await post('/v1/PluginService/Configurations', {
    Name: name,
    Plugins: all,
  });
  await post(RELEASES, { ConfigurationId: configuration.sid });
}

/** Does something before the first call that a test names. */
function before(isIt, act) {
  let isDue = true;
  return async (url, init) => {
    if (isDue && isIt(url, init)) {
      isDue = false;
      await act();
    }
    return account.ask(url, init);
  };
}

test('a plugin that is released while it runs stops it before it writes', async () => {
  await account.begin('with_neighbours');
  const asks = before(
    ({ pathname }, { method }) => method === 'POST' && pathname.endsWith('/Builds'),
    () => otherReleases('plugin-new'),
  );
  await assert.rejects(
    account.carryOut(GOAL, { asks }),
    /^Error: Changed: the other active plugins$/,
  );
  const names = (await account.read()).active.plugins.map(({ name }) => name);
  assert.ok(names.includes('plugin-new') && !names.includes('flex-glance'));
  // A second run plans with it.
  await account.carryOut(GOAL);
  const { now } = await isDone();
  assert.equal(now.active.plugins.length, 4);
});

test('a setting that somebody adds while it runs survives, once that was agreed to', async () => {
  await account.begin('with_neighbours');
  const { flex } = await account.read();
  const theirs = { ...flex.uiAttributes, theme: { isLight: true } };
  const asks = before(
    ({ pathname }, { method }) => method === 'POST' && pathname.endsWith('/Builds'),
    () =>
      account.other.send({
        method: 'POST',
        host: FLEX,
        path: '/v1/Configuration',
        json: { account_sid: ACCOUNT_SID, ui_attributes: theirs },
      }),
  );
  const told = [];
  await account.carryOut(GOAL, { asks, onChanged: async (_, changed) => told.push(...changed) });
  assert.deepEqual(told, ["others' settings in Flex's configuration"]);
  const { glance_cobrowse: ours, ...features } = (await account.read()).flex.uiAttributes
    .custom_data.features;
  assert.equal(ours.group_id, 20541);
  assert.deepEqual(features, theirs.custom_data.features);
  assert.deepEqual((await account.read()).flex.uiAttributes.theme, { isLight: true });
});

for (const what of ['', ', nor where a call fails after it']) {
  test(`a release that comes between the last look and ours is not lost${what}`, async () => {
    await account.begin('with_neighbours');
    let configurations = 0;
    const between = before(
      ({ pathname }, { method }) => method === 'POST' && pathname === RELEASES,
      () => otherReleases('plugin-between'),
    );
    const asks = async (url, init) => {
      const isOurs = init.method === 'POST' && url.pathname.endsWith('/Configurations');
      if (isOurs) configurations += 1;
      // The second one has both.
      if (isOurs && configurations === 2 && what) return { failure: 'closed' };
      return between(url, init);
    };
    await account.carryOut(GOAL, { asks });
    const { now } = await isDone();
    assert.deepEqual(now.active.plugins.map(({ name }) => name).sort(), [
      'flex-glance',
      'plugin-between',
      'plugin-dialpad',
      'plugin-dispositions',
    ]);
  });
}

test('a configuration that Twilio lists late is not made a second time', async () => {
  await account.begin('empty');
  const asks = async (url, init) => {
    const answer = await account.ask(url, init);
    const isList = init.method === 'GET' && url.pathname.endsWith('/PluginService/Configurations');
    if (!isList) return answer;
    return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), configurations: [] }) };
  };
  await account.carryOut(GOAL, { asks });
  await isDone();
  const { calls } = await account.show();
  const made = calls.filter(({ call }) => /^POST .*\/PluginService\/Configurations/.test(call));
  assert.equal(made.length, 1);
});
