// The viewer in a tab or a window.

import assert from 'node:assert/strict';

import { mainName, text } from '../../journeys/texts.mjs';
import { until } from '../until.mjs';

const openAndClose = (openlocation) => async (agent) => {
  await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
  await agent.start({ settings: { openlocation } });
  await agent.select('Alice');
  await agent.header.clickMain();
  const viewer = await agent.waitingViewer('alice-1');
  await agent.header.says('viewer_open');
  assert.equal(await viewer.evaluate(() => document.referrer), '');

  // A second click opens no second viewer.
  await agent.page.bringToFront();
  await agent.header.click('button', mainName('bring_to_front'));
  await agent.header.says('viewer_open');
  assert.equal((await agent.viewers()).length, 1);

  await agent.page.bringToFront();
  await agent.header.click('button', text('close_viewer'));
  await agent.header.isReady();
  await until('the viewer to close', async () => (await agent.viewers()).length === 0);

  // Closed by the agent themselves, after Flex has looked at it and found it open.
  await agent.header.clickMain();
  const again = await agent.waitingViewer('alice-1');
  await agent.page.bringToFront();
  await until('two seconds to pass', () => agent.header.timerSays('0:02'));
  await again.close();
  await agent.page.bringToFront();
  await agent.header.isReady();
};

export const stories = {
  'one click opens the viewer in a tab, and Flex closes it': openAndClose('tab'),
  'one click opens the viewer in a window, and Flex closes it': openAndClose('window'),
};
