/**
 * `flex-glance/element`: the component as a custom element, for desktops without React or without
 * Flex UI. What Flex would give (tasks, token) the desktop gives; see `index.d.ts`.
 */
import { GlanceHost, PROPS } from '../glance-host.js';
import { current } from '../instance.js';

export { setTasks } from './flex.js';

// No attributes: a secret does not belong into HTML, and the others are no texts.
const PROPERTIES_ONLY = [
  'authtoken',
  'onsessionstart',
  'onsessionend',
  'hosts',
  'strings',
  'theme',
  'task',
];
const FLAGS = ['presence', 'debugmode', 'notifications', 'immediatetab'];
const NAMES = [...PROPS, 'task'];
const ATTRIBUTES = NAMES.filter((name) => !PROPERTIES_ONLY.includes(name));

/**
 * Defines the element. Nothing happens if there is an element of this name already.
 * @param {string} [name]
 */
export function defineFlexGlance(name = 'flex-glance') {
  if (!customElements.get(name)) customElements.define(name, elementClass());
}

// `HTMLElement` is named within a function alone, so that Node.js can import this file.
function elementClass() {
  class FlexGlanceElement extends HTMLElement {
    static get observedAttributes() {
      return ATTRIBUTES;
    }

    constructor() {
      super();
      this.given = {};
      // What was set before the element was defined lies on the object itself, over our setters.
      NAMES.filter((name) => Object.prototype.hasOwnProperty.call(this, name)).forEach((name) => {
        const value = this[name];
        delete this[name];
        this[name] = value;
      });
    }

    connectedCallback() {
      this.host = new GlanceHost(this, this.collect());
    }

    disconnectedCallback() {
      this.host.remove();
      this.host = undefined;
      // Not at once: whoever moves an element takes it away for a moment.
      setTimeout(() => current() && current().removed());
    }

    attributeChangedCallback() {
      this.refresh();
    }

    /** Once for all that is changed in a row. */
    refresh() {
      if (this.stale || !this.host) return;
      this.stale = Promise.resolve().then(() => {
        this.stale = undefined;
        if (this.host) this.host.update(this.collect());
      });
    }

    collect() {
      const props = NAMES.reduce((all, name) => Object.assign(all, { [name]: this[name] }), {});
      const slot = this.getAttribute('place') === 'header' ? 'header' : 'panel';
      return { ...props, task: props.task || taskOfVisitor(props.visitorid), slot };
    }
  }
  NAMES.forEach((name) =>
    Object.defineProperty(FlexGlanceElement.prototype, name, {
      get() {
        return this.given[name] === undefined ? fromAttribute(this, name) : this.given[name];
      },
      set(value) {
        this.given[name] = value;
        this.refresh();
      },
    }),
  );
  return FlexGlanceElement;
}

function fromAttribute(element, name) {
  if (!ATTRIBUTES.includes(name) || !element.hasAttribute(name)) return undefined;
  const text = element.getAttribute(name);
  // `presence` and `presence="true"` are both on.
  return FLAGS.includes(name) && /^(true|false|)$/.test(text) ? text !== 'false' : text;
}

/** A desktop that names a visitor and no task has one session for this visitor. */
function taskOfVisitor(visitorid) {
  return typeof visitorid === 'string' && visitorid ? { sid: visitorid } : undefined;
}
