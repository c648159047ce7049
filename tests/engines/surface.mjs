// The component in one place of Flex, by the names of its texts and by what the engine tells a screen reader.

import assert from 'node:assert/strict';

import { anyOf, text } from '../journeys/texts.mjs';
import { until, untilText } from './until.mjs';

export class Surface {
  /** @param page A page of a driver. @param {string} host Where the component is mounted. */
  constructor(page, host) {
    this.page = page;
    this.path = [host];
  }

  /** What has this role and name, as soon as it is there. */
  async control(role, name) {
    const [first, ...others] = await until(`the ${role} “${name}”`, async () => {
      const found = await this.page.named(this.path, role, name);
      return found.length > 0 && found;
    }).catch((error) => this.#fail(error));
    assert.equal(others.length, 0, `one ${role} “${name}”`);
    return first;
  }

  async has(role, name) {
    return (await this.page.named(this.path, role, name)).length > 0;
  }

  /** Clicks as a hand does. */
  async click(role, name) {
    await (await this.control(role, name)).click();
  }

  /** The button that starts a session. */
  clickMain() {
    return this.click('button', text('cobrowse'));
  }

  /** Waits until it says this in a few words. */
  says(name, values) {
    return untilText('the status', () => this.#read('[role="status"]'), text(name, values));
  }

  /** Waits until it says one of these, whatever is filled in. */
  saysOneOf(...names) {
    const expected = anyOf(names);
    return until(`the status to match ${expected}`, async () =>
      expected.test(await this.#read('[role="status"]')),
    );
  }

  /** Whether so much time has passed, as its timer says. */
  async timerSays(time) {
    return (await this.#read('[role="timer"]')) >= time;
  }

  /** Waits until its sentences contain these. */
  explains(name, values) {
    const expected = text(name, values);
    return until(`the message “${expected}”`, async () =>
      (await this.#read('[role="alert"]'))?.includes(expected),
    ).catch((error) => this.#fail(error));
  }

  /** Waits until it is as before the first click. */
  async isReady() {
    await this.control('button', text('cobrowse'));
    await this.control('button', text('have_key'));
  }

  async #fail({ message }) {
    throw new Error(`${message} There is: ${await this.#read('section')}`);
  }

  #read(selector) {
    return this.page.evaluate(
      (host, wanted) => {
        const tree = document.querySelector(host)?.shadowRoot;
        return tree?.querySelector(wanted)?.textContent;
      },
      this.path[0],
      selector,
    );
  }
}
