// The pop-up blocker of the scenario: while it is on, window.open opens nothing and returns null, as
// it does in a browser that blocks pop-ups. The sandbox pushes each change of the switch.
(() => {
  'use strict';

  let { popups } = JSON.parse(document.getElementById('sandbox').textContent);

  const { open } = window;
  window.open = (...args) => (popups === 'blocked' ? null : open.apply(window, args));

  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const scenario = new WebSocket(`${scheme}//${location.host}/scenario`);
  scenario.addEventListener('message', ({ data }) => {
    ({ popups } = JSON.parse(data));
  });
})();
