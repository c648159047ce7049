// A customer on a page of the shop, with the visitor's side and the stand-in of Glance's script.

import { until } from './until.mjs';

/** Where the stand-in shows its terms and its bar. */
const GLANCE = ['#glance-ui'];

export class Customer {
  /** @param page A page of a driver. @param {string} shop The shop's origin. */
  constructor(page, shop) {
    this.page = page;
    this.shop = shop;
  }

  /** Opens a page of the shop as the visitor of this ID. */
  async arrive(id, path = '/') {
    await this.page.open(`${this.shop}${path}`);
    await until('the visitor’s side', () =>
      this.page.evaluate(() => Boolean(window.FlexGlanceVisitor)),
    );
    await this.page.evaluate((it) => window.FlexGlanceVisitor.connectVisitor(it), id);
  }

  /** Answers the terms: `Accept` or `Decline`. */
  answer(button) {
    return this.#click(button);
  }

  endSession() {
    return this.#click('End session');
  }

  leave() {
    return this.page.open('about:blank');
  }

  async #click(name) {
    await this.page.bringToFront();
    const [button] = await until(`the customer's button “${name}”`, async () => {
      const found = await this.page.named(GLANCE, 'button', name);
      return found.length > 0 && found;
    });
    await button.click();
  }
}
