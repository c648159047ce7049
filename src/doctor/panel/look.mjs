/** Flex's theme, as custom properties: the tokens of `src/core/theme.rs`, and some more. */

const TOKENS = [
  ['backgroundColors', 'colorBackgroundBody', 'surface'],
  ['backgroundColors', 'colorBackground', 'raised'],
  ['backgroundColors', 'colorBackgroundPrimary', 'primary'],
  ['backgroundColors', 'colorBackgroundErrorWeakest', 'error-surface'],
  ['backgroundColors', 'colorBackgroundWarningWeakest', 'warning-surface'],
  ['textColors', 'colorText', 'text'],
  ['textColors', 'colorTextWeak', 'text-weak'],
  ['textColors', 'colorTextInverse', 'on-primary'],
  ['textColors', 'colorTextError', 'error'],
  ['textColors', 'colorTextSuccess', 'success'],
  ['textColors', 'colorTextLink', 'link'],
  ['borderColors', 'colorBorderWeak', 'border-weak'],
  ['borderColors', 'colorBorderPrimary', 'focus'],
  ['fonts', 'fontFamilyText', 'font'],
];

/**
 * Gives an element Flex's look. What a theme does not say, the stylesheet has for light and dark.
 * @param {HTMLElement} element
 * @param {{isLight?: boolean, tokens?: object} | undefined} theme
 */
export function wear(element, theme) {
  const { isLight, tokens } = theme || {};
  element.dataset.scheme = isLight === false ? 'dark' : 'light';
  for (const [group, name, property] of TOKENS) {
    const value = tokens && tokens[group] && tokens[group][name];
    element.style.setProperty(`--fg-${property}`, typeof value === 'string' ? value : '');
  }
}
