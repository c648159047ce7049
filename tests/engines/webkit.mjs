// WebKitGTK's MiniBrowser, over WebDriver, on a display of its own. Debian's `webkit2gtk-driver`.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

import { Builder, Capabilities, Key, error as errors } from 'selenium-webdriver';

import { miniBrowserPath } from '../../scripts/engines.mjs';
import { elementOf, shownIn } from './page-scripts.mjs';
import { until } from './until.mjs';

const { StaleElementReferenceError } = errors;

/** Where the elements of a role are looked for; which they are the engine says. */
const CANDIDATES = {
  button: 'button, [role="button"]',
  dialog: 'dialog, [role="dialog"]',
  link: 'a[href]',
  region: 'section',
  textbox: 'input',
  timer: '[role="timer"]',
};

const KEYS = { Backspace: Key.BACK_SPACE, Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB };

export class WebKit {
  static async launch() {
    const display = spawn(
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', '1440x960x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const number = await new Promise((resolve, reject) => {
      display.once('error', reject);
      display.stdout.once('data', (line) => resolve(String(line).trim()));
    });
    const port = await freePort();
    const service = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...process.env, DISPLAY: `:${number}` },
      // It tells of a sound card and a message bus that a server does not have.
      stdio: 'ignore',
    });
    const server = `http://127.0.0.1:${port}`;
    await until('WebKitWebDriver', () => fetch(`${server}/status`).catch(() => false));
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowserPath(), args: ['--automation'] },
    });
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    await driver.manage().setTimeouts({ script: 120_000 });
    await driver.manage().window().setRect({ x: 0, y: 0, width: 1400, height: 900 });
    const version = (await driver.getCapabilities()).getBrowserVersion();
    return new WebKit(driver, version, [service, display]);
  }

  constructor(driver, version, processes) {
    this.driver = driver;
    this.processes = processes;
    this.name = `WebKitGTK ${version.split('.').slice(0, 2).join('.')}`;
    /** The handles of windows, in the order in which they opened. */
    this.handles = [];
  }

  async pages() {
    const open = await this.driver.getAllWindowHandles();
    this.handles = this.handles.filter((handle) => open.includes(handle));
    this.handles.push(...open.filter((handle) => !this.handles.includes(handle)));
    return this.handles.map((handle) => new WebKitPage(this.driver, handle));
  }

  async newPage() {
    const [opener] = await this.pages();
    await this.driver.switchTo().window(opener.handle);
    await this.driver.switchTo().newWindow('window');
    return new WebKitPage(this.driver, await this.driver.getWindowHandle());
  }

  async close() {
    await this.driver.quit();
    for (const child of this.processes) child.kill();
  }
}

/** One tab or window of any engine: what a story can do there. */
class WebKitPage {
  constructor(driver, handle) {
    this.driver = driver;
    this.handle = handle;
  }

  isSame(other) {
    return this.handle === other.handle;
  }

  async open(address) {
    await this.#enter();
    await this.driver.get(address);
  }

  /** Runs a function in the page; answers what it answers, or what its promise brings. */
  async evaluate(work, ...given) {
    await this.#enter();
    return this.driver.executeScript(work, ...given);
  }

  /** The same in a frame, which the selector finds in the tree; `undefined` where there is none. */
  async evaluateInFrame(path, selector, work, ...given) {
    await this.#enter();
    const frame = await this.driver.executeScript(elementOf, path, selector);
    if (!frame) return undefined;
    await this.driver.switchTo().frame(frame);
    try {
      return await this.driver.executeScript(work, ...given);
    } finally {
      await this.driver.switchTo().defaultContent();
    }
  }

  /** What the engine tells a screen reader: the elements of a tree by their role and name. */
  async named(path, role, name) {
    await this.#enter();
    const named = [];
    try {
      for (const element of await this.driver.executeScript(shownIn, path, CANDIDATES[role])) {
        const isIt =
          (await element.getAriaRole()) === role && (await element.getAccessibleName()) === name;
        if (isIt) named.push(element);
      }
    } catch (error) {
      // It was drawn anew in the meantime: whoever waits asks again.
      if (error instanceof StaleElementReferenceError) return [];
      throw error;
    }
    return named;
  }

  /** Types on the keyboard, into whatever has the focus. */
  async type(text) {
    await this.#enter();
    await this.driver.actions().sendKeys(text).perform();
  }

  async press(key) {
    await this.#enter();
    await this.driver.actions().sendKeys(KEYS[key]).perform();
  }

  bringToFront() {
    return this.#enter();
  }

  async close() {
    await this.#enter();
    await this.driver.close();
  }

  #enter() {
    return this.driver.switchTo().window(this.handle);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
