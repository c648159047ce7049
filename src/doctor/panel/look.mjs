/** Flex's theme, as custom properties. */

import TOKENS from '../../../vectors/theme_tokens.json';

/**
 * Gives an element Flex's look. What a theme does not say, the stylesheet has for light and dark.
 * @param {HTMLElement} element
 * @param {{isLight?: boolean, tokens?: object} | undefined} theme
 */
export function wear(element, theme) {
  const { isLight, tokens } = theme || {};
  element.dataset.scheme = isLight === false ? 'dark' : 'light';
  for (const { group, token, property } of TOKENS) {
    const value = tokens && tokens[group] && tokens[group][token];
    element.style.setProperty(
      property.replace('--', '--fg-'),
      typeof value === 'string' ? value : '',
    );
  }
}
