/**
 * Wires elements with `data-glancebutton="startSession|showTerms|showButton"`, also later ones.
 *
 * @param {Record<string, () => void>} actions
 */
export function wireButtons(actions) {
  document.addEventListener('click', (event) => {
    const path = event.composedPath();
    const button = path.find((node) => node instanceof Element && node.dataset?.glancebutton);
    const action = actions[button?.dataset.glancebutton];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
