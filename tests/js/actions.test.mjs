/** Which task an Action’s payload means, and that it never means another one. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { createTask } from './fake-flex.mjs';
import { createTestPage } from './page.mjs';

beforeEach(({ mock }) => mock.method(console, 'error', () => {}));

const trap = () => {
  throw new Error('unreachable');
};

async function open(work) {
  const tasks = [createTask('WR1'), createTask('WR2')];
  const page = createTestPage({ tasks, work });
  page.register({ visitorid: (task) => `crm-${task.sid}` });
  await page.load();
  page.select('WR2');
  const invoke = (name, payload) => page.flex.Actions.invokeAction(name, payload);
  const started = () => page.calls('startSession').map(([{ sid }]) => sid);
  return { ...page, tasks, invoke, started };
}

test('a payload names the task as Flex’s own do: by itself, or by the SID of reservation or task', async () => {
  const { invoke, started, tasks } = await open();
  await invoke('GlanceStartSession', { task: tasks[0] });
  await invoke('GlanceStartSession', { sid: 'WR1' });
  await invoke('GlanceStartSession', { sid: 'WT1' });
  await invoke('GlanceStartSession', { task: tasks[0], sid: 'WT1' });
  assert.deepEqual(started(), ['WR1', 'WR1', 'WR1', 'WR1']);
});

test('without a task in it, the selected one is meant', async () => {
  const { invoke, started } = await open();
  for (const payload of [undefined, null, {}]) await invoke('GlanceStartSession', payload);
  assert.deepEqual(started(), ['WR2', 'WR2', 'WR2']);
});

test('a payload that names no task of the agent’s is rejected, and nothing starts', async () => {
  const { invoke, calls, tasks } = await open();
  const payloads = [
    [{ sid: 'WR9' }, /`sid`/],
    [{ sid: '' }, /`sid`/],
    [{ sid: undefined }, /`sid`/],
    [{ sid: 1 }, /`sid`/],
    [{ task: undefined }, /`task`/],
    [{ task: createTask('WR9') }, /`task`/],
    [{ task: tasks[0], sid: undefined }, /`sid`/],
    [{ task: tasks[0], sid: 'WR2' }, /two tasks/],
    ['WR1', /no object/],
  ];
  for (const name of ['GlanceStartSession', 'GlanceJoinWithKey', 'GlanceEndSession']) {
    for (const [payload, why] of payloads) {
      const given = typeof payload === 'object' ? { ...payload, sessionKey: '1234' } : payload;
      await assert.rejects(invoke(name, given), (error) => {
        assert.match(error.message, new RegExp(`^${name}: `));
        assert.match(error.message, why);
        assert.doesNotMatch(error.message, /WR\d/);
        return true;
      });
    }
  }
  assert.deepEqual([...calls('startSession'), ...calls('endSession')], []);
});

test('the task’s visitor is the one that `visitorid` gives', async () => {
  const { invoke, calls } = await open();
  await invoke('GlanceStartSession', { sid: 'WR1' });
  assert.equal(calls('startSession')[0][0].visitorid, 'crm-WR1');
});

test('a session of a key needs the key', async () => {
  const { invoke, calls } = await open();
  await assert.rejects(invoke('GlanceJoinWithKey', { sid: 'WR1' }), /needs a sessionKey/);
  await invoke('GlanceJoinWithKey', { sid: 'WR1', sessionKey: 1234 });
  assert.equal(calls('startSession')[0][1], '1234');
});

test('an Action runs within the call, so that a window may open within the agent’s click', async () => {
  const { invoke, started, calls } = await open();
  const done = invoke('GlanceStartSession', { sid: 'WR1' });
  assert.deepEqual(started(), ['WR1']);
  await done;
  const ended = invoke('GlanceEndSession', {});
  assert.deepEqual(calls('endSession'), [['WR2']]);
  await ended;
});

test('why a session cannot start is an Error with the instance’s words', async () => {
  const page = await open();
  page.runtime.current().startSession = () => {
    throw 'the task names no visitor';
  };
  await assert.rejects(page.invoke('GlanceStartSession', {}), {
    message: 'flex-glance: the task names no visitor.',
  });
});

test('a trap in an Action rejects it with an Error, and the next one works again', async () => {
  let isBroken = true;
  const { invoke, schedule, instances } = await open({ startSession: () => isBroken && trap() });
  await assert.rejects(invoke('GlanceStartSession', {}), /a fault stopped this. Try again/);
  isBroken = false;
  const next = invoke('GlanceStartSession', {});
  schedule.run();
  await next;
  assert.equal(instances.length, 2);
});

test('a button’s Action that another plugin cancels is no unhandled rejection', async () => {
  const page = await open();
  page.flex.Actions.invokeAction = () => Promise.reject(new Error('cancelled'));
  assert.equal(page.host().perform('GlanceStartSession', { sid: 'WR1' }), true);
  page.flex.Actions.invokeAction = () => {
    throw new Error('broken');
  };
  assert.equal(page.host().perform('GlanceStartSession', { sid: 'WR1' }), false);
});

test('a button’s Action that another plugin’s listener holds is told, and told again', async () => {
  const { flex, host, calls, tasks } = await open();
  const run = flex.Actions.invokeAction;
  let answer;
  flex.Actions.invokeAction = (name, payload) =>
    new Promise((resolve) => (answer = resolve)).then(() => run(name, payload));
  assert.equal(host().perform('GlanceStartSession', { sid: tasks[0].sid }), true);
  const letThrough = answer;
  host().perform('GlanceStartSession', { sid: tasks[0].sid });
  assert.deepEqual(calls('actionWaits'), [
    ['WR1', false],
    ['WR1', true],
  ]);
  assert.deepEqual(calls('actionOver'), []);
  letThrough();
  await new Promise(setImmediate);
  assert.deepEqual(calls('actionOver'), [['WR1']]);
  assert.equal(calls('startSession').length, 1);
});

test('a button’s Action that runs within the click, or is refused, holds nothing', async () => {
  const { flex, host, calls } = await open();
  host().perform('GlanceStartSession', { sid: 'WR1' });
  assert.deepEqual(calls('actionWaits'), []);
  flex.Actions.invokeAction = async () => {
    throw new Error('Action GlanceStartSession cancelled by before event');
  };
  host().perform('GlanceStartSession', { sid: 'WR1' });
  await new Promise(setImmediate);
  assert.deepEqual(calls('actionOver'), [['WR1']]);
});
