/**
 * Makes an element. Text is set as text, never as HTML.
 * @param {string} name
 * @param {Record<string, string | boolean | EventListener>} [attributes] `onclick` and the like listen;
 *   `false` leaves one out.
 * @param {...(Node | string | undefined)} children
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Strokes on a field of 16 by 16. */
const ICONS = {
  check:
    'M3 2.5v3.5a3.5 3.5 0 0 0 7 0V2.5M3 2.5h1.5M10 2.5H8.5M6.5 9.5v1a3.5 3.5 0 0 0 7 0V9M13.5 9a1.25 1.25 0 1 0 0-2.5 1.25 1.25 0 0 0 0 2.5z',
  error:
    'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5zM5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5',
  warning: 'M8 2.25 14.5 13.5h-13zM8 6.5v3.25M8 11.7v.05',
  unknown:
    'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5zM6.2 6.3a1.85 1.85 0 1 1 2.7 1.65c-.6.3-.9.65-.9 1.3M8 11.4v.05',
  ok: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5zM5.25 8.25l2 2 3.5-4.25',
  close: 'M4 4l8 8M12 4l-8 8',
};

/** An icon beside words that say the same. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
