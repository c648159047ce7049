/** What the instance is told of Flex, and that whatever a plugin takes back is gone. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { createTask } from './fake-flex.mjs';
import { createTestPage } from './page.mjs';

const trap = () => {
  throw new Error('unreachable');
};

beforeEach(({ mock }) => mock.method(console, 'error', () => {}));

const sidsOf = ([tasks]) => tasks.map(({ sid, status }) => `${sid} ${status}`);

test('the registration’s props are known before anything is mounted, with presence or without', async () => {
  for (const presence of [true, false]) {
    const page = createTestPage({ tasks: [createTask('WR1')] });
    page.register({ groupid: 1, presence, visitorid: (task) => `crm-${task.sid}` });
    await page.load();
    const names = page.instances[0].calls.map(([name]) => name);
    assert.deepEqual(names, ['start', 'configure', 'agentChanged', 'tasksChanged']);
    const [[source, props]] = page.calls('configure');
    assert.equal(source, 'registration');
    assert.equal(props.groupid, 1);
    assert.equal(page.calls('tasksChanged')[0][0][0].visitorid, 'crm-WR1');
  }
});

test('a task that went missing is told as ended once its reservation says so', async () => {
  const [ended, lost, kept] = ['WR1', 'WR2', 'WR3'].map((sid) => createTask(sid));
  const page = createTestPage({ tasks: [ended, lost, kept] });
  page.register();
  await page.load();
  ended.end('completed');
  page.setTasks([kept]);
  assert.deepEqual(sidsOf(page.calls('tasksChanged').pop()), ['WR3 accepted', 'WR1 completed']);
  // Flex learns of the end after the list lost the task.
  lost.end('canceled');
  page.setTasks([kept]);
  const last = sidsOf(page.calls('tasksChanged').pop());
  assert.deepEqual(last, ['WR3 accepted', 'WR1 completed', 'WR2 canceled']);
});

test('a task that comes back is no ended one', async () => {
  const task = createTask('WR1');
  const page = createTestPage({ tasks: [task] });
  page.register();
  await page.load();
  page.setTasks([]);
  page.setTasks([task]);
  assert.deepEqual(sidsOf(page.calls('tasksChanged').pop()), ['WR1 accepted']);
});

test('another agent, a logout and a renewed token are told', async () => {
  const page = createTestPage();
  page.register();
  await page.load();
  page.setSession({ identity: 'maria', token: 'token-2' });
  assert.equal(page.calls('tokenChanged').length, 1);
  page.setSession({ identity: 'bob', token: 'token-3' });
  page.setSession(undefined);
  assert.deepEqual(page.calls('agentChanged'), [['maria'], ['bob'], [undefined]]);
  assert.equal(page.host().flexToken(), undefined);
  assert.equal(page.host().agentIdentity(), undefined);
});

test('another agent has the tasks that Flex lists, though the list did not change', async () => {
  const page = createTestPage({ tasks: [createTask('WR1')] });
  page.register();
  await page.load();
  page.setSession({ identity: 'bob', token: 'token-3' });
  const names = page.instances[0].calls.map(([name]) => name).slice(-2);
  assert.deepEqual(names, ['agentChanged', 'tasksChanged']);
  assert.deepEqual(sidsOf(page.calls('tasksChanged').pop()), ['WR1 accepted']);
  page.setSession(undefined);
  assert.equal(page.instances[0].calls.pop()[0], 'agentChanged');
});

test('a trap in tasksChanged does not leave Flex’s dispatch: later subscribers hear', async () => {
  const page = createTestPage({
    work: { tasksChanged: ({ calls }) => calls.length > 4 && trap() },
  });
  page.register();
  await page.load();
  let heard = false;
  page.store.subscribe(() => (heard = true));
  page.setTasks([createTask('WR1')]);
  assert.ok(heard);
  assert.equal(page.instances[0].hasTrapped, true);
  page.schedule.run();
  assert.equal(page.instances.length, 2);
});

test('taken back, it has let go of everything', async () => {
  const page = createTestPage({ tasks: [createTask('WR1')] });
  const unregister = page.register({ presence: true });
  await page.load();
  let disconnected = 0;
  let closed = 0;
  page.page().connections.add({ disconnect: () => (disconnected += 1) });
  page.page().viewers.set('WR1', { window: { close: () => (closed += 1) } });
  page.host().notify('arrived', { sid: 'WR1', text: 'Ann is on the site', button: 'Show task' });
  assert.equal(page.shown.length, 1);

  unregister();
  assert.deepEqual(page.contents(), []);
  assert.deepEqual(page.shown, []);
  assert.equal(disconnected, 1);
  assert.equal(closed, 1);
  const last = page.instances[0].calls.slice(-2).map(([name]) => name);
  assert.deepEqual(last, ['release', 'dispose']);
  await assert.rejects(
    page.flex.Actions.invokeAction('GlanceStartSession', { sid: 'WR1' }),
    /not registered any more/,
  );
  const told = page.instances[0].calls.length;
  page.setTasks([]);
  page.setSession(undefined);
  unregister();
  page.schedule.run();
  assert.equal(page.instances[0].calls.length, told);
  assert.equal(page.instances.length, 1);
});

test('taken back before a scheduled start, it never starts', async () => {
  const page = createTestPage();
  const unregister = page.register({ presence: true });
  assert.equal(page.schedule.waiting, 1);
  unregister();
  assert.equal(page.schedule.waiting, 0);
});

test('registered again, it starts clean', async () => {
  const page = createTestPage({ tasks: [createTask('WR1')] });
  page.register({ groupid: 1, visitorid: 'first' })();
  page.register({ groupid: 2 });
  await page.load();
  await page.flex.Actions.invokeAction('GlanceStartSession', { sid: 'WR1' });
  const [instance] = page.instances.slice(-1);
  const [, source, props] = instance.calls.find(([name]) => name === 'configure');
  assert.deepEqual([source, props.groupid], ['registration', 2]);
  assert.equal(page.calls('startSession')[0][0].visitorid, undefined);
  assert.deepEqual(page.contents(), ['flex-glance-host', 'flex-glance']);
});

test('two registrations share one life; the last one to go ends it', async () => {
  const page = createTestPage();
  const header = page.register({ groupid: 1 });
  const panel = page.register({ groupid: 2 }, page.plugin.registerCrmContainer);
  await page.load();
  assert.equal(page.calls('configure').pop()[1].groupid, 2);
  panel();
  assert.equal(page.calls('configure').pop()[1].groupid, 1);
  assert.deepEqual(page.contents(), ['flex-glance-host', 'flex-glance']);
  assert.equal(page.calls('dispose').length, 0);
  header();
  assert.equal(page.calls('dispose').length, 1);
  assert.equal(page.instances.length, 1);
});

test('a registration that fails halfway is taken back', () => {
  const page = createTestPage();
  delete page.flex.TaskCanvasHeader;
  assert.throws(() => page.register({ presence: true }), TypeError);
  assert.equal(page.schedule.waiting, 0);
});

test('the visitorid that was given last counts, whichever component gave it, and tasks are told anew', async () => {
  const page = createTestPage({ tasks: [createTask('WR1')] });
  page.register({ visitorid: () => 'registered' });
  await page.load();
  const counts = () => page.calls('tasksChanged').pop()[0][0].visitorid;
  const [header, panel] = [0, 1].map(() => ({ news() {} }));
  page.runtime.admit(header, { visitorid: () => 'header' });
  assert.equal(counts(), 'header');
  page.runtime.admit(panel, {});
  assert.equal(counts(), 'header');
  page.runtime.admit(panel, { visitorid: () => 'panel, later' });
  assert.equal(counts(), 'panel, later');
  page.runtime.dismiss(panel);
  assert.equal(counts(), 'header');
});

test('the visitorid of a component that Flex took away counts until another one gives one', async () => {
  const page = createTestPage({ tasks: [createTask('WR1')] });
  const [before, after] = [0, 1].map(() => ({ news() {} }));
  page.runtime.host.take(page.flex, page.manager);
  await page.load();
  page.runtime.admit(before, { visitorid: () => 'crm' });
  page.runtime.dismiss(before);
  page.setTasks([createTask('WR2')]);
  assert.equal(page.calls('tasksChanged').pop()[0][0].visitorid, 'crm');
  page.runtime.admit(after, { visitorid: () => 'crm, anew' });
  page.runtime.dismiss(after);
  assert.equal(page.calls('tasksChanged').pop()[0][0].visitorid, 'crm, anew');
});

/** Flex with these tasks and the vendor's form; `visitors` are those that the instance was told last. */
async function showTasks(...sids) {
  const page = createTestPage({ tasks: sids.map((sid) => createTask(sid)) });
  page.runtime.host.take(page.flex, page.manager);
  await page.load();
  const visitors = () =>
    page
      .calls('tasksChanged')
      .pop()[0]
      .map(({ visitorid }) => visitorid);
  return { page, visitors };
}

test('a text that a component gives is the visitor of the task that it shows, and of no other', async () => {
  const { page, visitors } = await showTasks('WR1', 'WR2');
  const header = { news() {} };
  page.runtime.admit(header, { visitorid: 'visitor-of-WR1' }, 'WR1');
  assert.deepEqual(visitors(), ['visitor-of-WR1', undefined]);
  // Flex renders the same component with the task that is selected then.
  page.runtime.admit(header, { visitorid: 'visitor-of-WR2' }, 'WR2');
  assert.deepEqual(visitors(), ['visitor-of-WR1', 'visitor-of-WR2']);
  page.runtime.admit(header, {}, 'WR2');
  assert.deepEqual(visitors(), ['visitor-of-WR1', undefined]);

  await page.flex.Actions.invokeAction('GlanceStartSession', { sid: 'WR2' });
  await page.flex.Actions.invokeAction('GlanceStartSession', { sid: 'WR1' });
  const started = page.calls('startSession').map(([{ visitorid }]) => visitorid);
  assert.deepEqual(started, [undefined, 'visitor-of-WR1']);
});

test('a visitor’s id that a component gave for its own task goes with the task', async () => {
  const { page, visitors } = await showTasks('WR1');
  const mount = { news() {} };
  page.runtime.admit(mount, { visitorid: 'visitor-of-WR1' }, 'WR1');
  page.runtime.dismiss(mount);
  page.setTasks([createTask('WR1'), createTask('WR2')]);
  assert.deepEqual(visitors(), ['visitor-of-WR1', undefined]);
  page.setTasks([createTask('WR2')]);
  page.setTasks([createTask('WR1'), createTask('WR2')]);
  assert.deepEqual(visitors(), [undefined, undefined]);
});

test('of two components that show one task the text that was changed last counts, however often Flex renders', async () => {
  const { page, visitors } = await showTasks('WR1');
  const [header, panel] = [0, 1].map(() => ({ news() {} }));
  page.runtime.admit(header, { visitorid: 'by-header' }, 'WR1');
  page.runtime.admit(panel, { visitorid: 'by-panel' }, 'WR1');
  const told = page.calls('tasksChanged').length;
  page.runtime.admit(header, { visitorid: 'by-header' }, 'WR1');
  page.runtime.admit(panel, { visitorid: 'by-panel' }, 'WR1');
  assert.deepEqual(visitors(), ['by-panel']);
  assert.equal(page.calls('tasksChanged').length, told);
});

test('a component that shows the task again without a visitor’s id takes back that of the one before', async () => {
  const { page, visitors } = await showTasks('WR1');
  const [before, after] = [0, 1].map(() => ({ news() {} }));
  page.runtime.admit(before, { visitorid: 'visitor-of-WR1' }, 'WR1');
  page.runtime.dismiss(before);
  assert.deepEqual(visitors(), ['visitor-of-WR1']);
  page.runtime.admit(after, {}, 'WR1');
  assert.deepEqual(visitors(), [undefined]);
});

test('presence that is switched on later starts the instance', () => {
  const page = createTestPage();
  const mount = { news() {} };
  page.runtime.admit(mount, {});
  assert.equal(page.schedule.waiting, 0);
  page.runtime.admit(mount, { presence: true });
  assert.equal(page.schedule.waiting, 1);
});

test('a notification’s button speaks the language of its notification, and goes with its state', async () => {
  const page = createTestPage({ tasks: [createTask('WR1')] });
  page.register();
  await page.load();
  const { notify, dismissNotification } = page.host();
  notify('arrived', { sid: 'WR1', text: 'Ann is on the site', button: 'Show task' });
  notify('arrived', { sid: 'WR2', text: 'Bo está en el sitio', button: 'Ver tarea' });
  const labels = page.shown.map(({ actions }) => actions[0].props.label);
  assert.deepEqual(labels, ['Show task', 'Ver tarea']);
  dismissNotification('arrived', 'WR2');
  assert.deepEqual(
    page.shown.map(({ context }) => context.text),
    ['Ann is on the site'],
  );
  page.click(page.shown[0]);
  assert.deepEqual(page.shown, []);
  assert.deepEqual(page.calls('notificationClicked'), [['arrived', 'WR1']]);
});

test('a trap in a notification’s click throws nothing into Flex', async () => {
  const page = createTestPage({ work: { notificationClicked: trap } });
  page.register();
  await page.load();
  page.host().notify('accepted', { sid: 'WR1', text: 'Ann accepted', button: 'Show task' });
  const [notification] = page.shown;
  page.click(notification);
  // Nobody is there to do more: the task is shown at least.
  page.host().notify('accepted', { sid: 'WR1', text: 'Ann accepted', button: 'Show task' });
  page.click(page.shown[0]);
  assert.deepEqual(page.invoked, [['SelectTask', { sid: 'WR1' }]]);
});

test('the doctor’s question has what the component is told: its props, and the visitorid that counts', async () => {
  const page = createTestPage({ work: { diagnose: () => 'an answer' } });
  page.register({ visitorid: (task) => `crm-${task.sid}` });
  const answer = await page.runtime.diagnose({ groupid: 1, other: 2 }, createTask('WR1'));
  assert.equal(answer, 'an answer');
  const [[{ task, ...props }]] = page.calls('diagnose');
  assert.deepEqual([task.sid, task.visitorid], ['WR1', 'crm-WR1']);
  assert.deepEqual([props.groupid, 'other' in props], [1, false]);
});

test('a doctor’s question that traps is answered by an error', async () => {
  const page = createTestPage({ work: { diagnose: trap } });
  page.register();
  await page.load();
  await assert.rejects(page.runtime.diagnose({}), /a fault stopped this/);
});
