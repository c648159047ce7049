// The custom element: props as attributes, and what is no text as properties.
import { defineFlexGlance } from 'flex-glance/element';

import { propsOf } from './props.js';

const { hosts, authtoken, task, ...texts } = propsOf('element');
const element = document.createElement('flex-glance');
Object.keys(texts).forEach((name) => element.setAttribute(name, texts[name]));
// Before the element is defined, as frameworks may do.
Object.assign(element, { hosts, authtoken });
document.getElementById('element').append(element);
defineFlexGlance();
element.task = task;
