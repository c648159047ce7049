/** One instance works at a time, a trap replaces it, and no exception of a trap reaches the caller. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { createFakeGlue, createSchedule, settle } from './fake-glue.mjs';
import { importSources } from './import.mjs';

const { createSupervisor } = await importSources('supervisor.js');

const trap = () => {
  throw new Error('unreachable');
};

beforeEach(({ mock }) => mock.method(console, 'error', () => {}));

/** A supervisor of fake instances, with what a test looks at. */
function set(work = {}, options = {}) {
  const fake = createFakeGlue(work);
  const schedule = createSchedule();
  const page = { connections: new Set() };
  const told = [];
  let compiled = 0;
  const supervisor = createSupervisor({
    compile: async () => {
      compiled += 1;
      return {};
    },
    createGlue: fake.createGlue,
    begin: (glue) => glue.start(page),
    page,
    later: schedule.later,
    now: schedule.now,
    assembly: fake.assembly,
    ...options,
  });
  supervisor.onInstance((glue, error) => told.push(glue ? 'instance' : error.text));
  const { instances } = fake;
  const alive = () => instances.filter(({ hasTrapped }) => !hasTrapped).length;
  return { supervisor, schedule, page, told, instances, alive, compiled: () => compiled };
}

/** Traps the first instance, and no other. */
const trapOnce = (name) => {
  let first;
  return {
    [name]: (instance) => {
      first = first || instance;
      if (instance === first) trap();
    },
  };
};

for (const [where, name, call] of [
  ['a render (mount)', 'mount', (glue) => glue.mount()],
  ['a render (update)', 'update', (glue) => glue.mount().update()],
  ['tasksChanged', 'tasksChanged', (glue) => glue.tasksChanged([])],
]) {
  test(`a trap in ${where} replaces the instance and throws nothing`, async () => {
    const { supervisor, schedule, instances, told } = set(trapOnce(name));
    await supervisor.load();
    supervisor.tell(call);
    assert.equal(supervisor.current(), undefined);
    schedule.run();
    assert.notEqual(supervisor.current(), undefined);
    assert.equal(instances.length, 2);
    assert.deepEqual(told, ['instance', 'instance']);
  });
}

test('a trap in an Action rejects the Action with an error that says so', async () => {
  const { supervisor, schedule } = set(trapOnce('startSession'));
  await supervisor.load();
  assert.throws(() => supervisor.enter((glue) => glue.startSession()), /a fault stopped this/);
  schedule.run();
  supervisor.enter((glue) => glue.startSession());
});

test('a trap in a callback of Glance’s, or of a timer, throws nothing into its caller', async () => {
  const { supervisor, schedule, instances } = set(trapOnce('callback'));
  await supervisor.load();
  instances[0].callback('presence');
  assert.equal(supervisor.current(), undefined);
  schedule.run();
  assert.equal(instances.length, 2);
  // The dead instance is not entered, though its callbacks and timers go on.
  instances[0].callback('timer');
  assert.equal(instances[0].calls.filter(([name]) => name === 'callback').length, 1);
});

test('what called out of an instance that trapped meanwhile does not go on', async () => {
  const steps = [];
  const { supervisor, instances } = set({
    ...trapOnce('callback'),
    tasksChanged(instance) {
      // As Glance's script does that calls back while it is called.
      instance.callOut(() => {
        instance.callback();
        steps.push('Glance goes on');
      });
      steps.push('the dead instance goes on');
    },
  });
  await supervisor.load();
  supervisor.tell((glue) => glue.tasksChanged([]));
  assert.deepEqual(steps, ['Glance goes on']);
  assert.equal(instances.length, 1);
});

test('a `disconnect` that throws never stops a restart', async () => {
  const { supervisor, schedule, page } = set(trapOnce('tasksChanged'));
  await supervisor.load();
  const closed = [];
  const connection = (name, fails) => ({
    disconnect() {
      closed.push(name);
      if (fails) throw new Error('disconnect failed');
    },
  });
  page.connections.add(connection('a', true)).add({}).add(connection('b'));
  supervisor.tell((glue) => glue.tasksChanged([]));
  schedule.run();
  assert.notEqual(supervisor.current(), undefined);
  assert.deepEqual(closed, ['a', 'b']);
  assert.equal(page.connections.size, 0);
});

test('a trap while starting is tried again, and whoever waits gets the one that works', async () => {
  const { supervisor, schedule, instances, told } = set(trapOnce('start'));
  const loaded = supervisor.load();
  await settle();
  assert.equal(supervisor.current(), undefined);
  schedule.run();
  assert.equal(await loaded, supervisor.current());
  assert.equal(instances.length, 2);
  assert.deepEqual(told, ['instance']);
});

test('two callers at once get one instance', async () => {
  const { supervisor, instances, compiled } = set();
  const [first, second] = await Promise.all([supervisor.load(), supervisor.load()]);
  assert.equal(first, second);
  assert.equal(instances.length, 1);
  assert.equal(compiled(), 1);
});

test('a caller between a trap and the restart gets the restarted one: two never live', async () => {
  const { supervisor, schedule, instances, alive, compiled } = set(trapOnce('tasksChanged'));
  await supervisor.load();
  supervisor.tell((glue) => glue.tasksChanged([]));
  const loaded = supervisor.load();
  await settle();
  schedule.run();
  assert.equal(await loaded, supervisor.current());
  await settle();
  schedule.run();
  assert.equal(instances.length, 2);
  assert.equal(alive(), 1);
  assert.equal(compiled(), 1);
});

test('after five restarts in a row it stops and says so; “Try again” begins anew', async () => {
  let isBroken = true;
  const { supervisor, schedule, instances, told } = set({ start: () => isBroken && trap() });
  const loaded = supervisor.load();
  const failed = assert.rejects(loaded, { text: 'stopped' });
  await settle();
  for (let i = 0; i < 10; i += 1) schedule.run();
  await failed;
  assert.equal(instances.length, 6);
  assert.deepEqual(told, ['stopped']);
  isBroken = false;
  const again = supervisor.load();
  await again;
  assert.deepEqual(told, ['stopped', 'instance']);
});

test('an instance that lived for more than a minute starts a new row of restarts', async () => {
  const { supervisor, schedule, instances } = set({ tasksChanged: trap });
  await supervisor.load();
  for (let i = 0; i < 20; i += 1) {
    schedule.at += 60_001;
    supervisor.tell((glue) => glue.tasksChanged([]));
    schedule.run();
  }
  assert.equal(instances.length, 21);
  for (let i = 0; i < 20; i += 1) {
    supervisor.tell((glue) => glue.tasksChanged([]));
    schedule.run();
  }
  // The last one that lived long was replaced once already.
  assert.equal(instances.length, 25);
  assert.equal(supervisor.current(), undefined);
});

test('a module that cannot be compiled is told, and tried again by the next caller', async () => {
  let isRefused = true;
  const { supervisor, told } = set(
    {},
    {
      compile: async () => {
        if (isRefused) throw Object.assign(new Error('refused'), { text: 'no_wasm' });
        return {};
      },
    },
  );
  await assert.rejects(supervisor.load(), /refused/);
  isRefused = false;
  await supervisor.load();
  assert.deepEqual(told, ['no_wasm', 'instance']);
});

test('a listener that throws keeps nobody else from the instance', async () => {
  const { supervisor } = set();
  let heard = false;
  supervisor.onInstance(() => trap());
  supervisor.onInstance(() => (heard = true));
  await supervisor.load();
  assert.ok(heard);
});

test('disposed while loading, it never starts, and whoever waits is told', async () => {
  const { supervisor, instances } = set();
  const loaded = supervisor.load();
  supervisor.dispose();
  await assert.rejects(loaded, /taken back/);
  await settle();
  assert.equal(instances.length, 0);
  await assert.rejects(supervisor.load(), /taken back/);
});

test('disposed before a restart that is due, it does not restart', async () => {
  const { supervisor, schedule, instances } = set(trapOnce('tasksChanged'));
  await supervisor.load();
  supervisor.tell((glue) => glue.tasksChanged([]));
  supervisor.dispose();
  assert.equal(schedule.waiting, 0);
  assert.equal(instances.length, 1);
});

test('disposed, it asks the instance to let go once and never enters it again', async () => {
  const { supervisor, instances, page } = set();
  await supervisor.load();
  let closed = 0;
  page.connections.add({ disconnect: () => (closed += 1) });
  supervisor.dispose();
  supervisor.dispose();
  instances[0].callback('a timer that was left');
  assert.deepEqual(
    instances[0].calls.map(([name]) => name),
    ['start', 'dispose'],
  );
  assert.equal(closed, 1);
});

test('a trap while letting go does not restart it', async () => {
  const { supervisor, schedule, instances } = set({ dispose: trap });
  await supervisor.load();
  supervisor.dispose();
  schedule.run();
  assert.equal(instances.length, 1);
});
