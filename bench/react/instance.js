// What Flex's Actions and notifications enter, without WebAssembly.
import { taskOf } from '../../src/js/task.js';
import { entered, host } from './host.js';
import { makeTexts } from './texts.js';
import { readSetup } from './setup.js';
import { parseTypedKey } from './session-key.js';
import * as store from './store.js';

Object.assign(entered, {
  startSession(task, typed) {
    const { key, wrong } = typed === undefined ? {} : parseTypedKey(typed);
    if (wrong) throw 'sessionKey has 1 to 62 letters, digits and - _ . ~';
    if (!store.start(taskOf({ task }), key)) {
      throw "the task names no visitor, or the component's props are wrong";
    }
  },
  endSession: (sid) => store.dispatch(sid, { of: 'viewer', type: 'close' }),
  followLink: store.followLink,
});

let watching = false;
let watchProps;

/** Follows Flex's tasks, once for the page. */
export function watch() {
  if (watching) return;
  watching = Boolean(host.watch({ onTasks: tellTasks, onIdentity() {}, onToken() {} }));
  tellTasks();
}

/** Watches the visitors of the agent's tasks whether or not a component is mounted. */
export function watchVisitors(props) {
  if (watchProps) return;
  watchProps = props;
  const { strings, language } = props();
  const { config } = readSetup(props());
  if (config) store.begin({ config, t: makeTexts(strings, language) });
  watch();
}

function tellTasks() {
  const tasks = host.tasks();
  if (!tasks) return;
  const visitorid = watchProps && watchProps().visitorid;
  store.takeTasks(tasks.map((task) => ({ ...taskOf({ task, visitorid }), status: task.status })));
}
