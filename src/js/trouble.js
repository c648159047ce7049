/** Words in place of a component whose WebAssembly cannot be loaded, or fails again and again. */

const STYLE =
  'all:initial;display:flex;align-items:center;gap:8px;font:12px/16px system-ui,sans-serif;color:inherit';

/**
 * @param {ShadowRoot} root Where to say it.
 * @param {Error} [error] Why it could not start; without one, it ran and failed again and again.
 * @param {object} [strings] The host's texts (`no_wasm`, `stopped`, `try_again`).
 * @param {() => void} retry
 */
export function showTrouble(root, error, strings, retry) {
  const words = Object.assign(
    {
      no_wasm: 'Cobrowse cannot run here: this page or browser refuses WebAssembly.',
      stopped: 'Cobrowse stopped after repeated faults.',
      try_again: 'Try again',
    },
    strings,
  );
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
