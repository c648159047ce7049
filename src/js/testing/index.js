// @ts-check
/**
 * `flex-glance/testing`: the main entry's exports for a plugin's own tests, without WebAssembly and
 * without Glance, and `glance`, by which a test plays both.
 */
import { createFlexHost } from '../host/flex.js';
import { createFlexNotifications } from '../host/flex-notifications.js';
import { createPlugin } from '../plugin.js';
import { createRuntime } from '../runtime.js';
import { browserSchedule } from '../schedule.js';
import { glance, noting } from './glance.js';
import { scriptedWasm } from './wasm.js';

// A test has no idle time.
const schedule = { ...browserSchedule, idle: browserSchedule.later };
const plugin = createPlugin(
  createRuntime(createFlexHost(createFlexNotifications), scriptedWasm, schedule),
);

export { glance };
export const { TwilioFlexGlance } = plugin;
export const registerTaskCanvasHeader = noting(
  'registerTaskCanvasHeader',
  plugin.registerTaskCanvasHeader,
);
export const registerCrmContainer = noting('registerCrmContainer', plugin.registerCrmContainer);
