// @ts-check
/**
 * `flex-glance/testing`: the main entry's exports for a plugin's own tests. It is the same component, with
 * stand-ins for what it would reach outside of the test: Glance's script, the login-key Function, other
 * windows. `glance` is how a test plays them.
 */
import { createFlexHost } from '../host/flex.js';
import { createFlexNotifications } from '../host/flex-notifications.js';
import { createPlugin } from '../plugin.js';
import { createRuntime } from '../runtime.js';
import { createCalls } from './calls.js';
import { createClock, startTimer } from './clock.js';
import { createGlance, noting } from './glance.js';
import { createGlanceScript } from './glance-script.js';
import { createLoginKeyFunction } from './login-key-function.js';
import { createTasks } from './tasks.js';
import { createTurn } from './turn.js';
import { createViewers } from './viewers.js';
import { createTestWasm } from './wasm.js';

const calls = createCalls();
const { note } = calls;
const tasks = createTasks();
const viewers = createViewers(note);
const turn = createTurn({
  before: viewers.before,
  after() {
    viewers.after();
    clock.arm();
  },
  finish() {
    script.finish();
    loginKeyFunction.finish();
  },
});
const clock = createClock(turn.later);
const loginKeyFunction = createLoginKeyFunction({ turn, clock, note });
const taskOf = (visitorId) => tasks.of(visitorId)[0];
const script = createGlanceScript({ turn, clock, note, taskOf });

function begin(page) {
  calls.begin();
  viewers.begin(page);
  script.load();
}

// A test has no idle time and looks at once: there is no frame to wait for.
const schedule = {
  later: startTimer,
  idle: startTimer,
  frame(work) {
    work();
    return () => {};
  },
  now: () => Date.now(),
};
const wasm = createTestWasm({ turn, clock, loginKeyFunction, note, tasks, begin });
const runtime = createRuntime(createFlexHost(createFlexNotifications), wasm, schedule);
const plugin = createPlugin(runtime);

/** What is still mounted is shown by a fresh desk; what was registered is taken back. */
function restart() {
  [viewers, loginKeyFunction, script, tasks, calls].forEach((part) => part.reset());
  runtime.dispose();
  calls.begin();
}

export const glance = createGlance({
  script,
  loginKeyFunction,
  viewers,
  clock,
  calls,
  tasks,
  restart,
});
export const { TwilioFlexGlance } = plugin;
export const registerTaskCanvasHeader = noting(
  note,
  'registerTaskCanvasHeader',
  plugin.registerTaskCanvasHeader,
);
export const registerCrmContainer = noting(
  note,
  'registerCrmContainer',
  plugin.registerCrmContainer,
);
export const registerFromConfiguration = noting(
  note,
  'registerFromConfiguration',
  plugin.registerFromConfiguration,
);
