/** What the instance is told for the rules of policies: what they name, and nothing else. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createTask } from './fake-flex.mjs';
import { createTestPage } from './page.mjs';

const ATTRIBUTES = {
  vip: true,
  order: { status: 'open', items: ['tea'], total: 12.5, gone: null },
  secret: 's3cret',
};

const policyOn = (...paths) => ({ attributes: paths.map((path) => ({ path, exists: true })) });

const told = (page) => page.calls('tasksChanged');

/** The tasks and the agent, as they were told last. */
const lastTask = (page) =>
  told(page)
    .filter(([tasks]) => tasks)
    .pop()[0][0];
const lastWorker = (page) =>
  told(page)
    .map(([, , worker]) => worker)
    .filter(Boolean)
    .pop();

async function open(props) {
  const page = createTestPage({ tasks: [createTask('WR1', ATTRIBUTES)] });
  const takeBack = page.register(props);
  await page.load();
  return { page, takeBack };
}

test('without a policy nothing of a task is told for one', async () => {
  const { page } = await open({});
  assert.equal(lastTask(page).facts, undefined);
});

test('of a task its queue, its channel and the attributes that the policy names are told', async () => {
  const policy = policyOn('vip', 'order.status', 'order.total', 'order.gone', 'order.none.at.all');
  const { page } = await open({ policy });
  const { facts } = lastTask(page);
  assert.deepEqual(facts, {
    queues: ['Sales', 'WQ1'],
    channels: ['chat'],
    attributes: {
      vip: true,
      'order.status': 'open',
      'order.total': 12.5,
      'order.gone': null,
      'order.none.at.all': undefined,
    },
  });
  assert.doesNotMatch(JSON.stringify(told(page)), /s3cret/);
});

test('of an object or a list in an attribute is told that it is there, and nothing that is in it', async () => {
  const { page } = await open({ policy: policyOn('order', 'order.items') });
  assert.deepEqual(lastTask(page).facts.attributes, { order: {}, 'order.items': {} });
});

test('what every object has is no attribute', async () => {
  const { page } = await open({ policy: policyOn('constructor', 'toString', 'vip.valueOf') });
  assert.ok(Object.values(lastTask(page).facts.attributes).every((value) => value === undefined));
});

test('a getter that throws leaves its attribute out, and the others as they are', async () => {
  const attributes = {
    vip: true,
    get broken() {
      throw new Error('no');
    },
  };
  const page = createTestPage({ tasks: [createTask('WR1', attributes)] });
  page.register({ policy: policyOn('vip', 'broken') });
  await page.load();
  assert.deepEqual(lastTask(page).facts.attributes, { vip: true, broken: undefined });
});

test('the attributes of another policy are told as it comes, and those of one that goes no more', async () => {
  const { page } = await open({ policy: { attributes: { not: [{ path: 'vip', equals: true }] } } });
  assert.deepEqual(Object.keys(lastTask(page).facts.attributes), ['vip']);
  const takeBack = page.register({ policy: policyOn('order.status') });
  assert.deepEqual(Object.keys(lastTask(page).facts.attributes), ['order.status', 'vip']);
  takeBack();
  assert.deepEqual(Object.keys(lastTask(page).facts.attributes), ['vip']);
});

test('a policy that cannot be used tells no attribute, and throws nothing into Flex', async () => {
  const wrong = [
    'a',
    1,
    [],
    {},
    { attributes: 'a' },
    { attributes: [null] },
    { attributes: [{ path: 1 }] },
    {
      get attributes() {
        throw new Error('no');
      },
    },
  ];
  for (const policy of wrong) {
    const { page } = await open({ policy });
    assert.deepEqual(lastTask(page).facts.attributes, {});
  }
});

test('of the agent SID, name, roles and skills are told, the roles as the token has them', async () => {
  const { page } = await open({});
  page.setWorkerAttributes({
    roles: ['admin'],
    routing: { skills: ['cobrowse'] },
    email: 's3cret',
  });
  assert.deepEqual(lastWorker(page), {
    names: ['WK1', 'maria@example.com'],
    roles: ['admin'],
    skills: ['cobrowse'],
  });
  page.setSession({ identity: 'maria', token: 'token-1', roles: ['agent'] });
  assert.deepEqual(lastWorker(page).roles, ['agent']);
  assert.doesNotMatch(JSON.stringify(told(page)), /s3cret/);
});

test('an agent without skills has none', async () => {
  const { page } = await open({});
  assert.deepEqual(lastWorker(page).skills, []);
});

test('the worker’s attributes are told as they change, once, though no task did', async () => {
  const { page } = await open({});
  const before = told(page).length;
  const skilled = () => page.setWorkerAttributes({ routing: { skills: ['cobrowse'] } });
  skilled();
  // Another object that says the same.
  skilled();
  const [[tasks, shown, { skills }], ...others] = told(page).slice(before);
  assert.deepEqual([tasks, shown, skills], [undefined, [], ['cobrowse']]);
  assert.deepEqual(others, []);
});

test('another agent is told whole, though they are the same in all that rules may ask', async () => {
  const { page } = await open({});
  page.setSession({ identity: 'bob', token: 'token-2' });
  const [, , worker] = told(page).pop();
  assert.deepEqual(worker.names, ['WK1', 'maria@example.com']);
});

test('the doctor’s question has the attributes that its own policy names', async () => {
  const { page } = await open({});
  await page.runtime.diagnose({ policy: policyOn('vip') }, createTask('WR1', ATTRIBUTES));
  const [[{ task }]] = page.calls('diagnose');
  assert.deepEqual(task.facts.attributes, { vip: true });
});
