// Firefox, over WebDriver BiDi. Debian's `firefox-esr`, or the one at FIREFOX_PATH.

import puppeteer from 'puppeteer-core';

import { firefoxPath } from '../../scripts/engines.mjs';
import { elementOf, treeOf } from './page-scripts.mjs';

/** The same for every engine, see `webkit.mjs`. */
export class Firefox {
  static async launch() {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefoxPath(),
      headless: true,
      defaultViewport: null,
      args: ['--width=1400', '--height=900'],
      extraPrefsFirefox: {
        // Under automation the pop-up blocker is off.
        'dom.disable_open_during_load': true,
        // What a script of the driver does counts as done by hand for five seconds otherwise.
        'dom.user_activation.transient.timeout': 1_000,
      },
    });
    return new Firefox(browser, await browser.version());
  }

  constructor(browser, version) {
    this.browser = browser;
    this.name = `Firefox ESR ${version.split('/')[1].split('.')[0]}`;
  }

  /** Every tab and window, in the order in which they opened. */
  async pages() {
    const pages = await this.browser.pages();
    return pages.map((page) => new FirefoxPage(page));
  }

  async newPage() {
    return new FirefoxPage(await this.browser.newPage());
  }

  close() {
    return this.browser.close();
  }
}

class FirefoxPage {
  constructor(page) {
    this.page = page;
  }

  isSame(other) {
    return this.page === other.page;
  }

  open(address) {
    return this.page.goto(address, { waitUntil: 'load', timeout: 0 });
  }

  evaluate(work, ...given) {
    return this.page.evaluate(work, ...given);
  }

  async evaluateInFrame(path, selector, work, ...given) {
    const frame = await this.#element(elementOf, path, selector);
    const inner = await frame?.contentFrame();
    return inner?.evaluate(work, ...given);
  }

  async named(path, role, name) {
    const tree = await this.#element(treeOf, path);
    if (!tree) return [];
    const label = name.replace(/["\\]/g, '\\$&');
    return tree.$$(`::-p-aria([name="${label}"][role="${role}"])`);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  bringToFront() {
    return this.page.bringToFront();
  }

  close() {
    return this.page.close();
  }

  async #element(find, ...given) {
    return (await this.page.evaluateHandle(find, ...given)).asElement();
  }
}
