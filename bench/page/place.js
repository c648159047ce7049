// What the bench page's measurements and states share: a place for a component, and its surroundings.

/** Props with which the component works. */
export const PROPS = {
  groupid: 20541,
  authurl: `${location.origin}/getloginkey`,
  authtoken: 'flex-token',
  openlocation: 'tab',
  glancebaseurl: 'production',
  puid: 'maria',
  hosts: { web: location.origin },
  slot: 'header',
};

/** Flex's own way to give a task: its fields are read by name. */
export const task = (sid, attributes = { glance_visitor_id: `visitor-${sid}` }) => ({
  sid,
  attributes,
});

/**
 * What the world answers. No key comes, unless told otherwise: what follows the click to the Function
 * is the network's.
 */
export const answers = {
  key: () => new Promise(() => {}),
  window: () => null,
};
window.fetch = () => answers.key();

export const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });

let serial = 0;
export const next = () => `WR${(serial += 1)}`;

export class Place {
  constructor(variant) {
    this.variant = variant;
    this.element = document.body.appendChild(document.createElement('div'));
  }

  render(props) {
    const { createElement, render, Component } = this.variant;
    render(createElement(Component, { ...PROPS, ...props }), this.element);
  }

  find(selector) {
    const host = this.element.firstChild;
    return host && host.shadowRoot && host.shadowRoot.querySelector(selector);
  }

  /** The button of these words. */
  button(words) {
    const host = this.element.firstChild;
    const buttons = host && host.shadowRoot ? host.shadowRoot.querySelectorAll('button') : [];
    return Array.from(buttons).find((button) => button.textContent === words);
  }

  get status() {
    const found = this.find('.status');
    return found ? found.textContent : undefined;
  }

  remove() {
    this.variant.unmount(this.element);
    this.element.remove();
  }
}
