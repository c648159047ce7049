/** The everyday build, which only contributors use: it has to do the same as what ships. */

import { build } from 'esbuild';

import { expect, PROPS, root, test as base } from './fixtures.mjs';

const test = base.extend({
  bundle: [
    async ({}, use) => {
      const { outputFiles } = await build({
        stdin: {
          contents: `
            import * as React from 'react';
            import * as ReactDOM from 'react-dom';
            import { TwilioFlexGlance } from './target/everyday/index.mjs';
            Object.assign(window, { React, ReactDOM, TwilioFlexGlance });
          `,
          resolveDir: root,
        },
        bundle: true,
        write: false,
        define: { 'process.env.NODE_ENV': '"production"' },
      });
      await use(outputFiles[0].text);
    },
    { scope: 'worker' },
  ],
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
