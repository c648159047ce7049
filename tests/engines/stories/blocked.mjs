// The engine's own pop-up blocker.

import assert from 'node:assert/strict';

import { text } from '../../journeys/texts.mjs';

export const stories = {
  'the engine refuses a window that nobody asked for': async (agent) => {
    await agent.start();
    const answer = await agent.page.evaluate(async () => {
      while (navigator.userActivation.isActive) await new Promise(requestAnimationFrame);
      return String(window.open('about:blank'));
    });
    assert.equal(answer, 'null');
    assert.deepEqual(await agent.viewers(), []);
  },

  'a blocked pop-up leaves a link that opens the viewer': async (agent) => {
    const sid = await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start({ settings: { openlocation: 'tab' } });
    await agent.select('Alice');
    await agent.header.isReady();
    assert.equal(await agent.invokeUnasked('GlanceStartSession', { sid }), '');
    await agent.header.explains('blocked');
    assert.deepEqual(await agent.viewers(), []);

    await agent.header.click('link', text('open_viewer'));
    await agent.waitingViewer('alice-1');
    await agent.header.says('viewer_open');
  },
};
