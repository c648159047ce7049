// @ts-check
/** `flex-glance/external`: the component with its WebAssembly module as a file of its own. */
import { createFlexHost } from '../host/flex.js';
import { createFlexNotifications } from '../host/flex-notifications.js';
import { createLeadingPage } from '../leading-page.js';
import { createPlugin } from '../plugin.js';
import { createRuntime } from '../runtime.js';
import { browserSchedule } from '../schedule.js';
import { createSoleCopy } from '../sole-copy.js';
import { externalWasm } from '../wasm/external.js';

export { id as moduleId } from '#module-id';
export { setModuleUrl } from '../wasm/external.js';

export const {
  TwilioFlexGlance,
  registerTaskCanvasHeader,
  registerCrmContainer,
  registerFromConfiguration,
} = createPlugin(
  createRuntime(
    createFlexHost(createFlexNotifications),
    externalWasm,
    browserSchedule,
    createLeadingPage(),
  ),
  createSoleCopy(),
);
