/**
 * What never leaves the visitor's page: elements of the class `glance_masked` with everything in
 * them, and password fields.
 *
 * A password field stays one: whatever shows the password turns it into a text field, clones it or
 * puts a text field in its place. So every field that was ever a password field is marked by an
 * attribute, which clones inherit, and its ID and name are remembered. The mark is set before the
 * recorder sees the change: this module's observer is older than the recorder's, and observers are
 * called in the order of their creation.
 */

const MARK = 'data-glance-masked';

const MASKED = `.glance_masked, [${MARK}], input[type="password" i],
  input[autocomplete~="current-password" i], input[autocomplete~="new-password" i]`;

/** rrweb checks some nodes without their ancestors, so the selector covers descendants too. */
export const BLOCKED = `:is(${MASKED}), :is(${MASKED}) *`;

const passwordNames = new Set();
const watched = new WeakSet();
let onchange = () => {};

/** Says whether a node, or anything around it across shadow roots and frames, is masked. */
export function isMasked(node) {
  for (let inner = node; inner; inner = container(inner)) {
    if (inner.nodeType === Node.ELEMENT_NODE && inner.matches(MASKED)) {
      return true;
    }
  }
  return false;
}

/**
 * Marks password fields in a document or shadow root from now on. Extra calls are harmless.
 *
 * @param {Document | ShadowRoot} root
 * @param {() => void} [changed] Called when what is masked has changed; kept from the first call.
 */
export function watchMasking(root, changed = onchange) {
  if (watched.has(root)) {
    return;
  }
  watched.add(root);
  onchange = changed;
  if (root.defaultView) {
    markOnTypeChange(root.defaultView);
  }
  markIn(root);
  new MutationObserver((mutations) => mutations.forEach(mark)).observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeOldValue: true,
    attributeFilter: ['class', 'type', 'autocomplete', MARK],
  });
}

function mark({ type, target, attributeName, oldValue, addedNodes }) {
  if (type === 'childList') {
    addedNodes.forEach((node) => node.nodeType === Node.ELEMENT_NODE && markIn(node));
  } else if (attributeName === 'class') {
    const was = oldValue?.split(/\s+/).includes('glance_masked') ?? false;
    if (was !== target.classList.contains('glance_masked')) {
      announce();
    }
  } else if (attributeName === MARK) {
    keepMark(target, oldValue !== null);
  } else {
    if (oldValue?.toLowerCase() === 'password') {
      remember(target);
    }
    markIn(target);
  }
}

/** A mark is not taken off again: code that resets attributes does not unmask a field. */
function keepMark(target, wasMarked) {
  if (!wasMarked) {
    announce();
  } else if (!target.hasAttribute(MARK)) {
    target.setAttribute(MARK, '');
  }
}

/** After the recorder has seen the same change. */
function announce() {
  queueMicrotask(onchange);
}

function markIn(root) {
  const fields = [...root.querySelectorAll('input')];
  if (root.localName === 'input') {
    fields.push(root);
  }
  for (const field of fields) {
    if (field.matches(MASKED) || names(field).some((name) => passwordNames.has(name))) {
      remember(field);
    }
  }
}

function remember(field) {
  if (field.localName === 'input') {
    if (!field.hasAttribute(MARK)) {
      field.setAttribute(MARK, '');
    }
    names(field).forEach((name) => passwordNames.add(name));
  }
}

function names({ id, name }) {
  return [id && `#${id}`, name].filter(Boolean);
}

/** A field outside the document is seen by no observer, so its change of type itself is caught. */
function markOnTypeChange({ HTMLInputElement, Element }) {
  const type = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'type');
  Object.defineProperty(HTMLInputElement.prototype, 'type', {
    ...type,
    set(value) {
      rememberPassword(this);
      type.set.call(this, value);
      rememberPassword(this);
    },
  });
  for (const method of ['setAttribute', 'removeAttribute', 'toggleAttribute']) {
    const original = Element.prototype[method];
    Element.prototype[method] = function (...args) {
      const changesType = this.localName === 'input' && `${args[0]}`.toLowerCase() === 'type';
      if (changesType) {
        rememberPassword(this);
      }
      const result = original.apply(this, args);
      if (changesType) {
        rememberPassword(this);
      }
      return result;
    };
  }
}

function rememberPassword(field) {
  if (field.type === 'password') {
    remember(field);
  }
}

/** The node around a node: its parent, its shadow host, or the frame of its document. */
function container(node) {
  if (node.parentNode) {
    return node.parentNode;
  }
  if (node.host) {
    return node.host;
  }
  try {
    return node.defaultView?.frameElement;
  } catch {
    return null;
  }
}
