// A key that the customer reads out.

import assert from 'node:assert/strict';

import { text } from '../../journeys/texts.mjs';

export const stories = {
  'a key is typed and joined by keyboard alone, and the page does not hear it': async (agent) => {
    await agent.control.task('Carl', {}, 'call');
    await agent.start();
    await agent.page.evaluate(() => {
      window.heardKeys = [];
      for (const type of ['keydown', 'keypress', 'keyup']) {
        window.addEventListener(type, ({ key }) => window.heardKeys.push(`${type} ${key}`));
      }
    });
    await agent.select('Carl');
    await agent.header.says('no_visitor');
    await agent.header.click('button', text('have_key'));
    await agent.header.control('textbox', text('key_label'));
    await agent.page.type('12&34');
    await agent.page.press('Enter');
    await agent.header.explains('key_character', { character: '&' });

    // The refused key is selected, so that it is typed over.
    await agent.page.type('12 34-56');
    await agent.page.press('Enter');
    await agent.framedViewer('123456');
    assert.deepEqual(await agent.page.evaluate(() => window.heardKeys), []);
  },
};
