// What the drivers run in a page. Each function stands alone: it is sent there as text.

/**
 * The innermost tree of a path: the document, or the shadow tree of the first element that each selector
 * finds in the tree before it. `null` where there is none.
 */
export function treeOf(path) {
  let tree = document;
  for (const selector of path) {
    tree = tree.querySelector(selector)?.shadowRoot;
    if (!tree) return null;
  }
  return tree;
}

/** The first element of a tree that this selector finds, or `null`. */
export function elementOf(path, selector) {
  let tree = document;
  for (const host of path) {
    tree = tree.querySelector(host)?.shadowRoot;
    if (!tree) return null;
  }
  return tree.querySelector(selector);
}

/** Everything in a tree that this selector finds and that can be seen. */
export function shownIn(path, selector) {
  let tree = document;
  for (const host of path) {
    tree = tree.querySelector(host)?.shadowRoot;
    if (!tree) return [];
  }
  const found = Array.from(tree.querySelectorAll(selector));
  return found.filter((element) => element.checkVisibility({ visibilityProperty: true }));
}
