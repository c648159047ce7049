/** What a desktop without Flex tells the component: its tasks, and who is logged in. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importSources } from './import.mjs';

const { createDesktopHost } = await importSources('host/desktop.js');

function open() {
  const host = createDesktopHost();
  const told = [];
  host.watch({
    onTasks: () => told.push('tasks'),
    onIdentity: () => told.push(`agent ${host.identity()}`),
    onToken() {},
  });
  return { host, told };
}

test('another agent and a logout are told once each', () => {
  const { host, told } = open();
  for (const agent of ['maria', 'maria', 'bob', null, undefined]) host.setAgent(agent);
  assert.deepEqual(told, ['agent maria', 'agent bob', 'agent undefined']);
});

test('what stands for no agent is a TypeError that says so, and changes nothing', () => {
  const { host, told } = open();
  host.setAgent('maria');
  for (const [given, why] of [
    [1, /a number/],
    [{}, /an object/],
    [true, /a boolean/],
    ['', /stands for nobody/],
    ['undefined', /stands for nobody/],
    [' null ', /stands for nobody/],
    ['[object Object]', /stands for nobody/],
  ]) {
    assert.throws(() => host.setAgent(given), { name: 'TypeError', message: why });
  }
  assert.deepEqual(told, ['agent maria']);
});

test('a task that is not named any more is completed, until it is named again', () => {
  const { host, told } = open();
  host.setTasks([{ sid: 'a' }, { sid: 'b', status: 'pending' }]);
  host.setTasks([{ sid: 'b' }]);
  const list = (tasks) => tasks.map(({ sid, status }) => `${sid} ${status}`);
  assert.deepEqual(list(host.tasks()), ['b accepted']);
  assert.deepEqual(list(host.endedTasks()), ['a completed']);
  host.setTasks([{ sid: 'a' }, { sid: 'b' }]);
  assert.deepEqual(host.endedTasks(), []);
  assert.deepEqual(told, ['tasks', 'tasks', 'tasks']);
});

test('a list that is none, and a task without a sid, are TypeErrors', () => {
  const { host } = open();
  assert.throws(() => host.setTasks('a'), /setTasks takes a list/);
  assert.throws(() => host.setTasks([{ sid: 'a' }, {}]), /task 1 of the list has no sid/);
});
