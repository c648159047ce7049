// @ts-check
/**
 * Glance Cobrowse in Twilio Flex: the React component and its registration.
 *
 * What the component knows and shows is Rust, compiled to WebAssembly (`src/`). Here it is put together
 * with Flex as its host and the WebAssembly module inside this very file. Importing it touches no
 * browser API.
 */
import { createFlexHost } from './src/js/host/flex.js';
import { createFlexNotifications } from './src/js/host/flex-notifications.js';
import { createLeadingPage } from './src/js/leading-page.js';
import { createPlugin } from './src/js/plugin.js';
import { createRuntime } from './src/js/runtime.js';
import { browserSchedule } from './src/js/schedule.js';
import { createSoleCopy } from './src/js/sole-copy.js';
import { inlineWasm } from './src/js/wasm/inline.js';

const plugin = createPlugin(
  createRuntime(
    createFlexHost(createFlexNotifications),
    inlineWasm,
    browserSchedule,
    createLeadingPage(),
  ),
  createSoleCopy(),
);

/**
 * The React component. Props are the vendor's, see `index.d.ts`; Flex adds `task` and `theme`.
 */
export const { TwilioFlexGlance } = plugin;

/**
 * Adds the component to the task header, and the panel that `flex` viewers open in.
 * @param {object} flex The first argument of a plugin's `init`.
 * @param {object} manager The second one.
 * @param {object} props The component's props.
 * @param {object} [options] Passed to `Content.add` (`sortOrder`, `align`, `if`).
 * @returns {() => void} Takes everything back.
 */
export const { registerTaskCanvasHeader } = plugin;

/**
 * Adds the component to the second panel.
 * @param {object} flex The first argument of a plugin's `init`.
 * @param {object} manager The second one.
 * @param {object} props The component's props.
 * @param {object} [options] Passed to `Content.add`; with `replace: true` to `Content.replace`.
 * @returns {() => void} Takes everything back.
 */
export const { registerCrmContainer } = plugin;

/**
 * Adds the component where Flex's hosted configuration says, with the settings that are there, and follows
 * them.
 * @param {object} flex The first argument of a plugin's `init`.
 * @param {object} manager The second one.
 * @param {object} [overrides] Props that win over the settings.
 * @returns {() => void} Takes everything back.
 */
export const { registerFromConfiguration } = plugin;
