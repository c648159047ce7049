// The pop-up blocker of the scenario: while it is on, window.open opens nothing and returns null, as
// it does in a browser that blocks pop-ups. The sandbox pushes each change of the switch.
(() => {
  'use strict';

  let { popups } = JSON.parse(document.getElementById('sandbox').textContent);

  const block = (page) => {
    const { open } = page;
    page.open = (...args) => (popups === 'blocked' ? null : open.apply(page, args));
  };
  block(window);

  // A blocker minds the page's empty frames as well.
  const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
  const blocked = new WeakSet();
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
    configurable: true,
    get() {
      const page = get.call(this);
      if (page && !this.src && !blocked.has(page)) {
        blocked.add(page);
        block(page);
      }
      return page;
    },
  });

  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const scenario = new WebSocket(`${scheme}//${location.host}/scenario`);
  scenario.addEventListener('message', ({ data }) => {
    ({ popups } = JSON.parse(data));
  });
})();
