// Several tasks.

import assert from 'node:assert/strict';

import { until } from '../until.mjs';

export const stories = {
  'each task keeps its own viewer while the agent goes from one to the other': async (agent) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    const bob = await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.start();
    for (const [name, key] of [
      ['Alice', 'alice-1'],
      ['Bob', 'bob-1'],
    ]) {
      await agent.select(name);
      await agent.header.clickMain();
      await agent.framedViewer(key);
      // Lost when the page loads anew.
      await agent.inViewer(key, () => (document.body.title = 'marked'));
    }
    await agent.select('Alice');
    await agent.header.says('viewer_open');
    for (const key of ['alice-1', 'bob-1']) {
      assert.equal(await agent.inViewer(key, () => document.body.title), 'marked', key);
    }
    await agent.control.end(bob, 'cancel');
    await until('Bob’s viewer to close with his task', async () => (await agent.frames()) === 1);
    assert.equal(await agent.inViewer('alice-1', () => document.body.title), 'marked');
  },
};
