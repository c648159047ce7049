/** What the instance is told of tasks that change many times a second. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createTask } from './fake-flex.mjs';
import { createTestPage } from './page.mjs';

const sidsOf = ([tasks]) => tasks.map(({ sid, status }) => `${sid} ${status}`);
/** A page that works, whose frames come when the test says so: `told` names what the instance hears from then on. */
async function holdFrames(tasks, props) {
  const page = createTestPage({ tasks });
  const unregister = page.register(props);
  await page.load();
  page.schedule.holdsFrames = true;
  const before = page.instances[0].calls.length;
  const told = () => page.instances[0].calls.slice(before).map(([name]) => name);
  return { page, told, unregister };
}

const fifty = () =>
  Array.from({ length: 50 }, (_, i) => createTask(`WR${i}`, { name: `Ann ${i}` }));

test('however often tasks change within a frame, the instance is entered once, with what is true then', async () => {
  const tasks = fifty();
  const { page, told } = await holdFrames(tasks);
  for (const name of ['Bo', 'Cy', 'Di']) {
    tasks[7].attributes.name = name;
    page.setTasks(tasks);
  }
  assert.deepEqual(told(), []);
  page.schedule.run();
  assert.deepEqual(told(), ['tasksChanged']);
  assert.equal(page.calls('tasksChanged').pop()[0][7].attributes.name, 'Di');
  page.schedule.run();
  assert.deepEqual(told(), ['tasksChanged']);
});

test('what changes of a task that the component does not read enters no instance', async () => {
  const tasks = fifty();
  const { page, told } = await holdFrames(tasks);
  tasks[7].attributes.orderTotal = 12;
  page.setTasks(tasks);
  page.schedule.run();
  assert.deepEqual(told(), []);
  tasks[7].end('wrapping');
  page.setTasks(tasks);
  page.schedule.run();
  assert.deepEqual(told(), ['tasksChanged']);
});

test('an Action does not wait for the frame, and works with what Flex lists then', async () => {
  const { page, told } = await holdFrames([]);
  page.setTasks([createTask('WR1')]);
  await page.flex.Actions.invokeAction('GlanceStartSession', { sid: 'WR1' });
  assert.deepEqual(told(), ['tasksChanged', 'startSession']);
  page.schedule.run();
  assert.deepEqual(told(), ['tasksChanged', 'startSession']);
});

test('the click of a notification works with what Flex lists then', async () => {
  const { page, told } = await holdFrames([createTask('WR1')]);
  page.host().notify('arrived', { sid: 'WR1', text: 'Ann is on the site', button: 'Show task' });
  page.setTasks([createTask('WR1'), createTask('WR2')]);
  page.click(page.shown[0]);
  assert.deepEqual(told(), ['tasksChanged', 'notificationClicked']);
});

test('Flex’s word of its tasks counts for an Action in another plugin’s listener that hears of it first', async () => {
  const page = createTestPage();
  let started;
  page.store.subscribe(() => {
    started = page.flex.Actions.invokeAction('GlanceStartSession', { sid: 'WR1' });
  });
  page.register();
  await page.load();
  page.schedule.holdsFrames = true;
  page.setTasks([createTask('WR1')]);
  await started;
  const names = page.instances[0].calls.map(([name]) => name).slice(-2);
  assert.deepEqual(names, ['tasksChanged', 'startSession']);
});

test('who is logged in is told at once, and before the tasks that wait for a frame', async () => {
  const { page, told } = await holdFrames([createTask('WR1')]);
  page.setTasks([createTask('WR2')]);
  page.setSession({ identity: 'bob', token: 'token-3' });
  assert.deepEqual(told(), ['agentChanged', 'tasksChanged']);
  assert.deepEqual(sidsOf(page.calls('tasksChanged').pop()), ['WR2 accepted']);
  page.schedule.run();
  assert.deepEqual(told(), ['agentChanged', 'tasksChanged']);
});

test('taken back, what waits for a frame is told to nobody', async () => {
  const { page, unregister } = await holdFrames([]);
  page.setTasks([createTask('WR1')]);
  unregister();
  assert.equal(page.schedule.waiting, 0);
});
