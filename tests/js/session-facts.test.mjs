// Writing what stands of a session on its task.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { importSources } from './import.mjs';

const { createSessionFacts } = await importSources('session-facts.js');

/** Counts up to what a change says, as a fold that has nothing to do once that stands there. */
const fold = (current, { to }) => (current && current.count >= to ? undefined : { count: to });

/** A host with one task, whose calls `meddle` hears of before they are answered. */
function createHost(attributes, meddle = () => {}) {
  const host = {
    attributes,
    written: [],
    async taskAttributes(sid) {
      await meddle('read', host);
      return sid === 'WRann' ? { ...host.attributes } : undefined;
    },
    async setTaskAttributes(_sid, written) {
      await meddle('write', host);
      host.written.push(written);
      host.attributes = written;
    },
  };
  return host;
}

/** Lets everything end that is under way. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what others put on the task stays', async () => {
  const host = createHost({ name: 'Ann', tier: 'gold' });
  createSessionFacts(host, fold).write('WRann', { to: 1 });
  await settled();
  assert.deepEqual(host.attributes, { name: 'Ann', tier: 'gold', glance_session: { count: 1 } });
  assert.equal(host.written.length, 1);
});

test('changes of one task are written one after the other', async () => {
  const host = createHost({});
  const facts = createSessionFacts(host, fold);
  facts.write('WRann', { to: 1 });
  facts.write('WRann', { to: 2 });
  await settled();
  const counts = host.written.map(({ glance_session }) => glance_session.count);
  assert.deepEqual(counts, [1, 2]);
});

test('what somebody overwrites is written again, on what they wrote', async () => {
  let isFirst = true;
  const host = createHost({}, (what) => {
    if (what === 'read' && host.written.length === 1 && isFirst) {
      isFirst = false;
      host.attributes = { theirs: 1 };
    }
  });
  createSessionFacts(host, fold).write('WRann', { to: 1 });
  await settled();
  assert.deepEqual(host.attributes, { theirs: 1, glance_session: { count: 1 } });
});

test('a refused write is tried again on what stands there then', async () => {
  let refusals = 2;
  const host = createHost({}, (what) => {
    if (what !== 'write' || refusals === 0) return;
    refusals -= 1;
    host.attributes = { theirs: refusals };
    throw new Error('412');
  });
  createSessionFacts(host, fold).write('WRann', { to: 1 });
  await settled();
  assert.deepEqual(host.attributes, { theirs: 0, glance_session: { count: 1 } });
});

test('a task that cannot be written is told in one line without its SID, and the next change is tried', async (t) => {
  const warn = mock.method(console, 'warn', () => {});
  t.after(() => warn.mock.restore());
  const fails = { is: true };
  const host = createHost({}, (what) => {
    if (what === 'write' && fails.is) throw new Error('no leave for WRann');
  });
  const facts = createSessionFacts(host, fold);
  facts.write('WRann', { to: 1 });
  await settled();
  assert.equal(warn.mock.callCount(), 1);
  assert.doesNotMatch(warn.mock.calls[0].arguments.join(), /WRann|no leave/);
  fails.is = false;
  facts.write('WRann', { to: 2 });
  await settled();
  assert.deepEqual(host.attributes.glance_session, { count: 2 });
});

test('a task that is not the agent’s is not written to', async () => {
  const host = createHost({});
  createSessionFacts(host, fold).write('WRbob', { to: 1 });
  await settled();
  assert.deepEqual(host.written, []);
});
