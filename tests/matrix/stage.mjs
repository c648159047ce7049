// Where built pages are opened: a server for them, for the login-key Function and for Glance's
// viewer, and a Chromium. Function and viewer are there to be asked; they check nothing.

import { createReadStream, existsSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { chromium } from '@playwright/test';

import { chromiumPath } from '../../scripts/chromium.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

const LOGIN_KEY = signedFor(3600);
/** So soon over that it is not held: every click asks for a new one. */
const SHORT_S = 50;
const PATIENCE_MS = 30_000;

/** Opens the stage; `close` ends it. */
export async function openStage() {
  const server = http.createServer((request, response) => stage.answer(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const stage = new Stage(server, browser);
  return stage;
}

class Stage {
  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.origin = `http://127.0.0.1:${server.address().port}`;
    this.folders = new Map();
  }

  async close() {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /**
   * Opens a page and closes it again.
   * @param {string} folder What is served; `/index.html` is opened.
   * @param {(page: import('@playwright/test').Page) => Promise<unknown>} work
   * @param {string} [hash] The address's.
   * @throws {Error} If the page reports an error.
   */
  async open(folder, work, hash = '') {
    const name = `/${this.folders.size}`;
    this.folders.set(name, folder);
    const context = await this.browser.newContext();
    context.setDefaultTimeout(PATIENCE_MS);
    try {
      const page = await context.newPage();
      const errors = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(`${this.origin}${name}/${hash}`);
      await work(page).catch((error) => {
        throw new Error(`${error.message}\nThe page says: ${errors.join('\n') || 'nothing'}`);
      });
      if (errors.length > 0) throw new Error(`The page reports:\n${errors.join('\n')}`);
    } finally {
      await context.close();
    }
  }

  /**
   * Opens a page with each of its components, clicks **Cobrowse** and waits for the viewer's request.
   * @param {string} folder As for `open`.
   * @param {string[]} keys The session keys that the page's components have, each in the element of
   *   this id. The page has the one that its hash names: two copies of the package share no page.
   * @throws {Error} If a viewer is asked for with anything else, or the page reports an error.
   */
  async click(folder, keys) {
    for (const key of keys) await this.open(folder, (page) => clickOne(page, key), `#${key}`);
  }

  answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    if (pathname === '/getloginkey' || pathname === '/getshortloginkey') {
      const loginKey = pathname === '/getloginkey' ? LOGIN_KEY : signedFor(SHORT_S);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ loginKey, groupId: '20541' }));
      return;
    }
    if (pathname === '/agentjoin/AgentView.aspx' || pathname === '/favicon.ico') {
      response.setHeader('content-type', TYPES['.html']);
      response.end('<!doctype html><title>Viewer</title>');
      return;
    }
    const [, name, ...rest] = pathname.split('/');
    const folder = this.folders.get(`/${name}`);
    const file = folder && path.join(folder, rest.join('/') || 'index.html');
    if (!file || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', TYPES[path.extname(file)] || 'application/octet-stream');
    createReadStream(file).pipe(response);
  }
}

/** A login key of the right form, good for some seconds, signed by nobody. */
function signedFor(seconds) {
  return `$1$${Math.floor(Date.now() / 1000) + seconds}$${'A'.repeat(43)}`;
}

async function clickOne(page, key) {
  const viewer = page
    .context()
    .waitForEvent('request', (request) =>
      new URL(request.url()).pathname.endsWith('/AgentView.aspx'),
    );
  // What fails before the click is told in its place.
  viewer.catch(() => {});
  await page.locator(`#${key}`).getByRole('button', { name: 'Cobrowse', exact: true }).click();
  const query = new URL((await viewer).url()).searchParams;
  const fields = ['SessionKey', 'partnerid', 'partneruserid', 'loginkey'];
  const asked = fields.map((field) => query.get(field));
  const expected = [key, '20541', 'maria', LOGIN_KEY];
  if (asked.join() !== expected.join()) {
    throw new Error(`The viewer was asked for with ${asked}, not ${expected}.`);
  }
}
