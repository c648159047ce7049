/** Words in place of a component whose WebAssembly cannot be loaded, or fails again and again. */
import * as english from '../../locales/en.json';
import * as spanish from '../../locales/es.json';
import { inLanguage } from './language.js';

const STYLE =
  'all:initial;display:flex;align-items:center;gap:2px 8px;box-sizing:border-box;' +
  'font:12px/16px system-ui,sans-serif;color:inherit;';

// 52 pixels high and narrow: one line, which is a tooltip too, above the button.
const HEADER_STYLE =
  'flex-direction:column;align-items:start;justify-content:center;width:168px;max-width:100%;height:52px;';

const LINE_STYLE = 'max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap';

const BUTTON_STYLE = 'flex:none;height:24px;font:inherit;white-space:nowrap';

/** English and Spanish, by name. */
const WORDS = {
  no_wasm: [english.no_wasm, spanish.no_wasm],
  stopped: [english.stopped, spanish.stopped],
  try_again: [english.try_again, spanish.try_again],
};

/**
 * @param {{root: ShadowRoot, isHeader: boolean}} place Where to say it.
 * @param {Error & {text?: string, words?: Record<string, string[]>}} error Why it could not start; the
 *   name of the text that says so, with the text itself if it is none of these.
 * @param {object} [strings] The host's texts (`no_wasm`, `stopped`, `try_again`).
 * @param {string} language The language tag that Flex speaks.
 * @param {() => void} retry
 */
export function showLoadError({ root, isHeader }, error, strings, language, retry) {
  const words = { ...WORDS, ...error.words };
  const say = (name) => (strings && strings[name]) || inLanguage(language, words[name]);
  console.error('flex-glance: could not start.', error);
  const box = document.createElement('section');
  box.dataset.mount = '';
  box.style.cssText = isHeader ? STYLE + HEADER_STYLE : STYLE;
  box.setAttribute('aria-label', english.region);
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  status.textContent = say(error.text || 'no_wasm');
  if (isHeader) {
    status.title = status.textContent;
    status.style.cssText = LINE_STYLE;
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.style.cssText = BUTTON_STYLE;
  button.textContent = say('try_again');
  button.addEventListener('click', () => {
    box.remove();
    retry();
  });
  box.append(status, button);
  root.prepend(box);
}
