// @ts-check
/**
 * What the WebAssembly instance does, by the script of a test. Everything around it (React class,
 * registration, Flex Actions, what is passed on of a task) is the real component's.
 */
import { enter, given, mounts, registration, sessions, shown, watched } from './desk.js';
import { endSession, followLink, startSession, watch } from './sessions.js';
import { View } from './view.js';

const glue = {
  initSync() {},
  start(page, host) {
    Object.assign(given, { page, host });
  },
  configure(source, props) {
    registration.props = props;
    if (props.presence) watch(props);
  },
  release() {
    registration.props = undefined;
  },
  tasksChanged() {},
  agentChanged() {},
  tokenChanged() {},
  startSession(task, sessionKey) {
    startSession(enter(task), sessionKey);
  },
  endSession,
  notificationClicked(kind, sid) {
    if (kind === 'accepted') followLink(sid);
    given.host.selectTask(sid);
  },
  removed() {},
  mount(element, props) {
    const view = new View(element.getRootNode().host, props);
    mounts.add(view);
    if (props.presence) watch(props);
    shown();
    return {
      update(next) {
        view.props = next;
        if (next.presence) watch(next);
        shown();
      },
      unmount() {
        mounts.delete(view);
        view.remove();
      },
    };
  },
  dispose() {
    Array.from(sessions.keys()).forEach(endSession);
    sessions.clear();
    watched.props = undefined;
  },
};

/**
 * It is there at once: what follows a test's call is in the document when the call returns.
 * @type {import('../wasm/wasm.js').Wasm}
 */
export const scriptedWasm = {
  compile: () => ({}),
  raisePriority() {},
  createGlue: () => glue,
};
