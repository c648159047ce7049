import { expect, test } from './fixtures.mjs';
import { text } from './texts.mjs';

test.describe('Cobrowse from the task header', () => {
  test('one click opens the viewer of the task’s visitor in the panel', async ({ agent }) => {
    await agent.control.task('Alice', { glance_visitor_id: 'alice-1' });
    await agent.start();
    await agent.select('Alice');
    await agent.button.click();

    await expect(agent.viewerFrame('alice-1').getByText('Waiting for the visitor')).toBeVisible();
    await expect(agent.header.status).toHaveText(text('viewer_open'));
    expect(agent.errors).toEqual([]);
    expect(await agent.control.unknownCalls()).toEqual([]);
  });
});
