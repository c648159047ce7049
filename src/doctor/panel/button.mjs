/** The quiet button in the component that opens the panel. */

import { host } from '../host.mjs';
import STYLE from './button.css';
import { icon, make } from './element.mjs';
import { wear } from './look.mjs';
import { wordsIn } from './words.mjs';

/**
 * @param {ShadowRoot} root The component's.
 * @param {() => void} pressed
 * @returns {{update(subject: import('../subject.mjs').Subject): void, remove(): void}}
 */
export function addButton(root, pressed) {
  const style = make('style', {}, STYLE);
  const label = make('span', { class: 'label' });
  const button = make('button', { type: 'button', class: 'check-set-up' }, icon('check'), label);
  button.addEventListener('click', pressed);
  // Last, so that the agent's own buttons come before it by keyboard.
  root.append(style, button);
  return {
    update({ slot, props }) {
      const words = wordsIn(host.language(), props.strings);
      wear(button, props.theme);
      button.dataset.place = slot;
      button.title = words('doctor_open');
      label.textContent = words('doctor_open');
    },
    remove() {
      style.remove();
      button.remove();
    },
  };
}
