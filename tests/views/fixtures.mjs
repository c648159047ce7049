// The component on a bare page: React 17, no Flex. A page under `.localhost` that is made up by the
// browser driver, so nothing is served and nothing leaves the browser.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { test as base, expect } from '@playwright/test';
import { build } from 'esbuild';

export { expect };

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Props with which the component works. */
export const PROPS = {
  groupid: 20541,
  authurl: 'http://function.localhost/getloginkey',
  authtoken: 'flex-token',
  openlocation: 'tab',
  glancebaseurl: 'production',
  puid: 'maria',
  hosts: { web: 'http://glance.localhost' },
  task: { sid: 'WR1', attributes: { glance_visitor_id: 'alice-1' } },
};

/** A login key of the right form for the next hour, signed by nobody. */
export const LOGIN_KEY = `$1$${Math.floor(Date.now() / 1000) + 3600}$${'A'.repeat(43)}`;

/** The page's script, a fixture of the worker. `contents` imports from the project's folder. */
export function bundled(contents) {
  const bundle = async ({}, use) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      write: false,
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    await use(outputFiles[0].text);
  };
  return [bundle, { scope: 'worker' }];
}

export const test = base.extend({
  bundle: bundled(`
    import * as React from 'react';
    import * as ReactDOM from 'react-dom';
    import { TwilioFlexGlance } from './dist/index.mjs';
    Object.assign(window, { React, ReactDOM, TwilioFlexGlance });
  `),

  /** A page with the component's bundle, the Function and Glance's viewer. */
  bare: async ({ page, context, bundle }, use) => {
    const answers = { key: () => ({ json: { loginKey: LOGIN_KEY, groupId: '20541' } }) };
    await context.route('http://*.localhost/**', (route) => {
      const { hostname, pathname } = new URL(route.request().url());
      if (hostname === 'function.localhost') {
        const headers = { 'access-control-allow-origin': '*' };
        return route.fulfill({ headers, ...answers.key(route.request()) });
      }
      if (pathname === '/bundle.js') {
        return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: bundle });
      }
      const body =
        hostname === 'glance.localhost'
          ? '<!doctype html><title>Viewer</title>'
          : '<!doctype html><title>Bare</title><div id="host"></div><script src="/bundle.js"></script>';
      return route.fulfill({ contentType: 'text/html', body });
    });
    await page.goto('http://bare.localhost/');
    await use({
      page,
      answers,
      /** Renders the component with these props, anew or again. */
      render: (props) =>
        page.evaluate((given) => {
          const element = React.createElement(TwilioFlexGlance, given);
          ReactDOM.render(element, document.getElementById('host'));
        }, props),
    });
  },
});
