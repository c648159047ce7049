/** Words in place of a component whose WebAssembly cannot be loaded, or fails again and again. */

const STYLE =
  'all:initial;display:flex;align-items:center;gap:8px;font:12px/16px system-ui,sans-serif;color:inherit';

const ENGLISH = {
  no_wasm: 'Cobrowse cannot run here: this page or browser refuses WebAssembly.',
  stopped: 'Cobrowse stopped after repeated faults.',
  try_again: 'Try again',
};

const SPANISH = {
  no_wasm: 'Cobrowse no puede funcionar aquí: esta página o navegador rechaza WebAssembly.',
  stopped: 'Cobrowse se detuvo tras fallos repetidos.',
  try_again: 'Intentar de nuevo',
};

/**
 * @param {ShadowRoot} root Where to say it.
 * @param {Error} [error] Why it could not start; without one, it ran and failed again and again.
 * @param {object} [strings] The host's texts (`no_wasm`, `stopped`, `try_again`).
 * @param {string} language The language tag that Flex speaks.
 * @param {() => void} retry
 */
export function showTrouble(root, error, strings, language, retry) {
  const words = { ...(/^es\b/i.test(language) ? SPANISH : ENGLISH), ...strings };
  if (error) console.error('flex-glance: could not start.', error);
  const box = document.createElement('section');
  box.dataset.mount = '';
  box.style.cssText = STYLE;
  box.setAttribute('aria-label', 'Glance Cobrowse');
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  status.textContent = error ? words.no_wasm : words.stopped;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words.try_again;
  button.addEventListener('click', () => {
    box.remove();
    retry();
  });
  box.append(status, button);
  root.prepend(box);
}
