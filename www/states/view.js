// Draws one recorded view in a shadow root, as the component does.

/**
 * @param {HTMLElement} host
 * @param {string} html What the component drew, light.
 * @param {boolean} isDark
 * @param {CSSStyleSheet[]} sheets
 * @returns {HTMLElement} The view.
 */
export function drawView(host, html, isDark, sheets) {
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = sheets;
  root.innerHTML = html;
  const view = root.firstElementChild;
  if (isDark) view.dataset.scheme = 'dark';
  // It is a picture of what was announced once.
  root.querySelectorAll('[role=alert], [role=status]').forEach((it) => {
    it.ariaLive = 'off';
  });
  for (const name of ['click', 'submit'])
    root.addEventListener(name, (event) => event.preventDefault());
  return view;
}
