/** `flex-glance/external`: what comes of the file that the host serves. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { bundled, expect, PROPS, root, test as base } from './fixtures.mjs';

const WASM = readFileSync(path.join(root, 'dist', 'flex_glance.wasm'));
const ID_LENGTH = 16;

const test = base.extend({
  bundle: bundled(`
    import * as React from 'react';
    import * as ReactDOM from 'react-dom';
    import { moduleId, setModuleUrl, TwilioFlexGlance } from './dist/external.mjs';
    Object.assign(window, { React, ReactDOM, TwilioFlexGlance, moduleId, setModuleUrl });
  `),

  /** The page, what its console says, and the answer to a request for the module. */
  hosted: async ({ bare, context }, use) => {
    const told = [];
    const hosted = {
      ...bare,
      told,
      module: { body: WASM, contentType: 'application/wasm' },
      show: (url) =>
        bare.page.evaluate(
          ([address, props]) => {
            if (address) setModuleUrl(address);
            const element = React.createElement(TwilioFlexGlance, props);
            ReactDOM.render(element, document.getElementById('host'));
          },
          [url, PROPS],
        ),
    };
    bare.page.on('console', (message) => told.push(message.text()));
    await context.route('**/*.wasm', (route) =>
      hosted.module ? route.fulfill(hosted.module) : route.abort(),
    );
    await use(hosted);
  },
});

const ready = (page) => expect(page.getByRole('button', { name: 'Cobrowse', exact: true }));

test.describe('The module as a file', () => {
  test('is compiled while it arrives', async ({ hosted }) => {
    const { page } = hosted;
    await page.evaluate(() => {
      const { compileStreaming } = WebAssembly;
      WebAssembly.compileStreaming = (response) => {
        window.streamed = true;
        return compileStreaming(response);
      };
    });
    await hosted.show('/flex_glance.wasm');
    await ready(page).toBeVisible();
    expect(await page.evaluate(() => window.streamed)).toBe(true);
  });

  test('is known by an id, for its address', async ({ hosted }) => {
    const id = await hosted.page.evaluate(() => moduleId);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(id).toBe(WASM.subarray(-ID_LENGTH).toString());
  });

  test('works under another type too', async ({ hosted }) => {
    hosted.module = { body: WASM, contentType: 'application/octet-stream' };
    await hosted.show('/flex_glance.wasm');
    await ready(hosted.page).toBeVisible();
  });

  for (const [what, url, module, remedy] of [
    ['without an address', undefined, undefined, 'Call setModuleUrl(url) before'],
    ['that cannot be fetched', '/gone.wasm', undefined, 'CORS, and a content security policy'],
    ['that is not there', '/gone.wasm', { status: 404 }, 'status 404. Serve dist/flex_glance.wasm'],
    [
      'that is a page',
      '/page.wasm',
      { body: '<!doctype html>', contentType: 'text/html' },
      'is no WebAssembly module (text/html)',
    ],
    [
      'that belongs to another build',
      '/old.wasm',
      {
        body: Buffer.concat([WASM.subarray(0, -ID_LENGTH), Buffer.from('0123456789abcdef')]),
        contentType: 'application/wasm',
      },
      'another build of flex-glance (0123456789abcdef; this code needs',
    ],
  ]) {
    test(`${what} is told to the agent, and to the author with the remedy`, async ({ hosted }) => {
      const { page, told } = hosted;
      hosted.module = module;
      await hosted.show(url);
      await expect(page.getByRole('status')).toHaveText(
        'Cobrowse could not be loaded. Try again. If it stays, tell your administrator.',
      );
      expect(told.join('\n')).toContain(remedy);

      hosted.module = { body: WASM, contentType: 'application/wasm' };
      await page.evaluate(() => setModuleUrl('/flex_glance.wasm'));
      await page.getByRole('button', { name: 'Try again' }).click();
      await ready(page).toBeVisible();
    });
  }

  test('is not blamed where the browser refuses WebAssembly', async ({ hosted }) => {
    await hosted.page.evaluate(() => {
      WebAssembly.compileStreaming = () => Promise.reject(new WebAssembly.CompileError('refused'));
    });
    await hosted.show('/flex_glance.wasm');
    await expect(hosted.page.getByRole('status')).toContainText('refuses WebAssembly');
  });
});
