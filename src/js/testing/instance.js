/**
 * Takes the place of `../instance.js`: what the WebAssembly instance does, by the script of a test.
 * Everything around it (React class, registration, Flex Actions, what is passed on of a task) is the
 * real component's.
 */
import { enter, mounts, shown } from './desk.js';
import { endSession, followLink, startSession, watch } from './sessions.js';
import { View } from './view.js';

const instance = {
  mount(host, props) {
    const view = new View(host.getRootNode().host, props);
    mounts.add(view);
    shown();
    return view;
  },
  update(view, next) {
    view.props = next;
    shown();
  },
  unmount(view) {
    mounts.delete(view);
    view.remove();
  },
  startSession(task, sessionKey) {
    startSession(enter(task), sessionKey);
  },
  endSession,
  followLink,
  removed() {},
};

export function load() {
  return Promise.resolve(instance);
}

export function prepare() {}

export function current() {
  return instance;
}

export function onReplaced() {
  return () => {};
}

export function watchVisitors(props) {
  watch(props());
}
