// @ts-check
/**
 * `flex-glance/element`: the component as a custom element, for desktops without React or without
 * Flex UI. What Flex would give (tasks, agent, token) the desktop gives; see `index.d.ts`.
 */
import { createElement } from '../element.js';
import { createDesktopHost } from '../host/desktop.js';
import { createRuntime } from '../runtime.js';
import { inlineWasm } from '../wasm/inline.js';

const host = createDesktopHost();

export const { setAgent, setTasks } = host;
export const { defineFlexGlance } = createElement(createRuntime(host, inlineWasm));
