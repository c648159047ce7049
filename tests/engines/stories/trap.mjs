// A trap inside WebAssembly, in a build that traps while it is told to.

import { text } from '../../journeys/texts.mjs';

export const stories = {
  'a component that traps gets a fresh instance, and its session goes on': async (agent) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.control.task('Bob', { glance_visitor_id: 'bob-1' });
    await agent.select('Alice');
    await agent.header.clickMain();
    await agent.framedViewer('alice-1');
    await agent.page.evaluate(() => {
      Object.defineProperty(window, '__flexGlanceTrap', {
        configurable: true,
        get() {
          delete window.__flexGlanceTrap;
          return true;
        },
      });
    });
    await agent.select('Bob');
    await agent.header.isReady();
    await agent.select('Alice');
    await agent.header.says('viewer_open');
    await agent.header.click('button', text('close_viewer'));
    await agent.header.isReady();
  },
};
