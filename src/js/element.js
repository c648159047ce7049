/** The component as a custom element. */
import { Mount } from './mount.js';
import { PROPS } from './props.js';

const NAMES = [...PROPS, 'task'];
// No attributes: a secret does not belong into HTML, and what is no text cannot be one.
// props: begin (written by `npm run props`)
const ATTRIBUTES = [
  'groupid',
  'authurl',
  'openlocation',
  'opentype',
  'presence',
  'glancebaseurl',
  'puid',
  'debugmode',
  'visitorid',
  'notifications',
  'immediatetab',
  'video',
  'viewersandbox',
  'sessionfacts',
  'sessionmaxage',
  'inviteurl',
  'invitetext',
];
const FLAGS = ['presence', 'debugmode', 'notifications', 'immediatetab', 'sessionfacts'];
// props: end

/** @param {object} runtime */
export function createElement(runtime) {
  return {
    /**
     * Defines the element. Nothing happens if there is an element of this name already.
     * @param {string} [name]
     */
    defineFlexGlance(name = 'flex-glance') {
      if (!customElements.get(name)) customElements.define(name, elementClass(runtime));
    },
  };
}

// `HTMLElement` is named within a function alone, so that Node.js can import this file.
function elementClass(runtime) {
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
      this.mount = new Mount(runtime, this, this.collect());
    }

    disconnectedCallback() {
      this.mount.remove();
      this.mount = undefined;
      // Not at once: whoever moves an element takes it away for a moment.
      setTimeout(() => runtime.tell((glue) => glue.removed()));
    }

    attributeChangedCallback() {
      this.refresh();
    }

    /** Once for all that is changed in a row. */
    refresh() {
      if (this.stale || !this.mount) return;
      this.stale = Promise.resolve().then(() => {
        this.stale = undefined;
        if (this.mount) this.mount.update(this.collect());
      });
    }

    collect() {
      const props = NAMES.reduce((all, name) => Object.assign(all, { [name]: this[name] }), {});
      const slot = this.getAttribute('place') === 'header' ? 'header' : 'panel';
      const stand = props.task ? undefined : taskOfVisitor(props.visitorid);
      return { ...props, task: props.task || stand, taskIsVisitor: Boolean(stand), slot };
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
