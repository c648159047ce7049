/** Words in place of a component whose WebAssembly cannot be loaded, or fails again and again. */

const STYLE =
  'all:initial;display:flex;align-items:center;gap:2px 8px;box-sizing:border-box;' +
  'font:12px/16px system-ui,sans-serif;color:inherit;';

// 52 pixels high and narrow: one line, which is a tooltip too, above the button.
const HEADER_STYLE =
  'flex-direction:column;align-items:start;justify-content:center;width:168px;max-width:100%;height:52px;';

const LINE_STYLE = 'max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap';

const BUTTON_STYLE = 'flex:none;height:24px;font:inherit;white-space:nowrap';

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
 * @param {{root: ShadowRoot, isHeader: boolean}} place Where to say it.
 * @param {Error & {text?: string, english?: object, spanish?: object}} error Why it could not start.
 * @param {object} [strings] The host's texts (`no_wasm`, `stopped`, `try_again`).
 * @param {string} language The language tag that Flex speaks.
 * @param {() => void} retry
 */
export function showLoadError({ root, isHeader }, error, strings, language, retry) {
  const isSpanish = /^es(?![a-z])/i.test(language);
  // `ModuleError` (`wasm/external.js`) brings words of its own.
  const { text = 'no_wasm', english, spanish } = error;
  const words = {
    ...(isSpanish ? SPANISH : ENGLISH),
    ...(isSpanish ? spanish : english),
    ...strings,
  };
  console.error('flex-glance: could not start.', error);
  const box = document.createElement('section');
  box.dataset.mount = '';
  box.style.cssText = isHeader ? STYLE + HEADER_STYLE : STYLE;
  box.setAttribute('aria-label', 'Glance Cobrowse');
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  status.textContent = words[text];
  if (isHeader) {
    status.title = status.textContent;
    status.style.cssText = LINE_STYLE;
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.style.cssText = BUTTON_STYLE;
  button.textContent = words.try_again;
  button.addEventListener('click', () => {
    box.remove();
    retry();
  });
  box.append(status, button);
  root.prepend(box);
}
