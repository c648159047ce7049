/**
 * While a pointer is pressed somewhere on the page, frames let it through. A frame would swallow its
 * moves: Flex's splitter, dragged over a viewer, would stop there or never let go. Flex's own rule for
 * frames does not reach into a shadow root.
 */

const TYPES = ['pointerdown', 'pointerup', 'pointercancel'];

/**
 * @param {HTMLElement} frames What the frames are in.
 * @returns {() => void} Ends it.
 */
export function letPressesThrough(frames) {
  const follow = ({ type }) => {
    frames.style.pointerEvents = type === 'pointerdown' ? 'none' : '';
  };
  TYPES.forEach((type) => window.addEventListener(type, follow, true));
  return () => TYPES.forEach((type) => window.removeEventListener(type, follow, true));
}
