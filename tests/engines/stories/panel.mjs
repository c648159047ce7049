// The viewer in the Flex panel.

import assert from 'node:assert/strict';

import { text } from '../../journeys/texts.mjs';
import { until } from '../until.mjs';

export const stories = {
  'one click opens the viewer in the Flex panel, and Flex closes it': async (agent) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await agent.header.clickMain();
    await agent.framedViewer('alice-1');
    for (const place of [agent.header, agent.panel]) await place.says('viewer_open');
    await agent.panel.control('region', text('region_panel'));
    assert.deepEqual(await agent.viewers(), []);

    await agent.header.click('button', text('close_viewer'));
    await agent.header.isReady();
    await until('the frame to go', async () => (await agent.frames()) === 0);
  },
};
