/**
 * The everyday build, which only contributors use: it has to do the same as what ships. This one can also be
 * told to trap, which the journeys of traps do.
 */

import { bundled, expect, PROPS, test as base } from './fixtures.mjs';

const test = base.extend({
  bundle: bundled(`
    import * as React from 'react';
    import * as ReactDOM from 'react-dom';
    import { TwilioFlexGlance } from './target/trap/index.mjs';
    Object.assign(window, { React, ReactDOM, TwilioFlexGlance });
  `),
});

test('The everyday build opens the viewer with one click', async ({ bare, context }) => {
  await bare.render(PROPS);
  const asked = context.waitForEvent('request', (request) =>
    request.url().includes('SessionKey=alice-1'),
  );
  await bare.page.getByRole('button', { name: 'Cobrowse', exact: true }).click();
  await asked;
  await expect(bare.page.getByRole('status')).toHaveText('Viewer open');
});
