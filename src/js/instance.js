/**
 * The WebAssembly instance of the page: one for all components, replaced when it traps.
 *
 * After a trap nothing inside an instance can be trusted. Every way into it is guarded, so a trap is
 * noticed whoever called, and the dead instance is never entered again; a fresh one adopts the open
 * viewers from `page`.
 */
import { createGlue } from '#glue';

import { soundFetch } from './fetch.js';
import { listTasks, watchTasks } from './flex.js';
import { compileModule, hurry } from './module.js';
import { page } from './page.js';
import { taskOf } from './task.js';

/** A page that has always something else to do has done enough after so many milliseconds. */
const LATEST_MS = 2000;
/** After this many traps in a row the component says that it cannot go on. */
const MAX_RESTARTS = 5;
/** An instance that lived this long was a good one. */
const GOOD_LIFE_MS = 60000;

let loading;
let live;
let restarts = 0;
let bornAt = 0;
let watching = false;
let watchProps;
const listeners = new Set();

/** Loads the instance when the page has nothing else to do, since nobody sees it yet. */
export function prepare() {
  whenIdle(() => begin().catch(() => {}));
}

/**
 * The instance, loaded once for the page; a failure is forgotten, so that the next call tries again.
 * @returns {Promise<object>} Resolves to its exports.
 */
export function load() {
  hurry();
  return begin();
}

function begin() {
  if (restarts > MAX_RESTARTS) restarts = 0;
  if (live) return Promise.resolve(live);
  if (!loading) {
    loading = compileModule()
      .then(start)
      .then((fresh) => {
        // A second try serves those too that gave up on the first.
        listeners.forEach((listen) => listen(fresh));
        return fresh;
      });
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/** The instance, if it is there already. */
export function current() {
  return live;
}

/**
 * Tells when an instance was replaced (`listen(exports)`) or is beyond help (`listen(undefined)`).
 * @returns {() => void} Ends it.
 */
export function onReplaced(listen) {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

function start(module) {
  let dead = false;
  const guarded = (enter) =>
    function guard(...args) {
      if (dead) return undefined;
      try {
        return enter(...args);
      } catch (error) {
        // An exception that comes out of WebAssembly has skipped every destructor on its way.
        dead = true;
        live = undefined;
        loading = undefined;
        setTimeout(() => replace(module));
        throw error;
      }
    };
  const guardedAssembly = {
    ...fields(WebAssembly, ['Module', 'RuntimeError', 'CompileError', 'LinkError']),
    Instance: function Instance(compiled, imports) {
      const { exports } = new WebAssembly.Instance(compiled, imports);
      const names = Object.keys(exports);
      const wrap = (value) => (typeof value === 'function' ? guarded(value) : value);
      return { exports: Object.fromEntries(names.map((name) => [name, wrap(exports[name])])) };
    },
  };
  const glue = createGlue(guardedAssembly, soundFetch);
  // Those of an instance that trapped hear nothing any more.
  page.agents.forEach((agent) => agent.disconnect && agent.disconnect());
  page.agents.clear();
  glue.initSync({ module });
  glue.start(page);
  bornAt = Date.now();
  live = glue;
  if (!watching) watching = watchTasks(tellTasks);
  if (watchProps) glue.begin(watchProps());
  tellTasks();
  return glue;
}

function tellTasks() {
  const tasks = listTasks();
  if (!live || !tasks) return;
  const visitorid = watchProps && watchProps().visitorid;
  live.tasksChanged(tasks.map((task) => ({ ...taskOf({ task, visitorid }), status: task.status })));
}

/**
 * Watches the visitors of the agent's tasks whether or not a component is mounted. The first props
 * count: a registration's, or in the vendor's form those of the first mount.
 * @param {() => object} props Gives the props as a component would pass them on.
 */
export function watchVisitors(props) {
  if (watchProps) return;
  watchProps = props;
  if (live) {
    live.begin(props());
    tellTasks();
  } else {
    prepare();
  }
}

function replace(module) {
  if (live) return;
  restarts = Date.now() - bornAt > GOOD_LIFE_MS ? 1 : restarts + 1;
  let fresh;
  if (restarts <= MAX_RESTARTS) {
    try {
      fresh = start(module);
    } catch (error) {
      console.error('flex-glance: could not restart.', error);
    }
  }
  listeners.forEach((listen) => listen(fresh));
}

function whenIdle(work) {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LATEST_MS });
  else setTimeout(work, LATEST_MS);
}

function fields(object, names) {
  return Object.fromEntries(names.map((name) => [name, object[name]]));
}
