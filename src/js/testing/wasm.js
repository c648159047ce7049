// @ts-check
/* global globalThis */
/**
 * The component's own WebAssembly in a test. What it shows is put where a test's queries look for it, into
 * the light DOM of the component's element; in production it is in the shadow root.
 */
import { createGlue } from '#page-glue';
import { bytes } from '#module-bytes';

import { createBrowser } from './browser.js';

/**
 * @param {object} parts
 * @param {ReturnType<import('./turn.js').createTurn>} parts.turn
 * @param {ReturnType<import('./clock.js').createClock>} parts.clock
 * @param {ReturnType<import('./login-key-function.js').createLoginKeyFunction>} parts.loginKeyFunction
 * @param {(what: string, details: object) => void} parts.note
 * @param {ReturnType<import('./tasks.js').createTasks>} parts.tasks
 * @param {(page: object) => void} parts.begin Called as an instance takes over its page.
 * @returns {import('../wasm/wasm.js').Wasm}
 */
export function createTestWasm({ turn, clock, loginKeyFunction, note, tasks, begin }) {
  const noted = createNoted(note);
  /** Where each component's element is shown. */
  const places = new WeakMap();
  let module;

  function witness(props) {
    tasks.see(props.task);
    return noted(props);
  }

  function mount(glue, element, props, number) {
    const { host } = element.getRootNode();
    const old = places.get(host);
    // Left by an instance that trapped.
    if (old) old.remove();
    const place = document.createElement('div');
    places.set(host, place);
    showSlot(host.shadowRoot);
    const mounted = glue.mount(place, witness(props), number);
    // jsdom makes a tree faster that is on no page yet.
    host.append(place);
    return {
      update: (next) => mounted.update(witness(next)),
      showTask(task) {
        tasks.see(task);
        mounted.showTask(task);
      },
      unmount() {
        mounted.unmount();
        place.remove();
      },
    };
  }

  return {
    compile() {
      module = module || new WebAssembly.Module(decodeBase64(bytes));
      return module;
    },
    raisePriority() {},
    assembly: turn.assembly,
    createGlue(assembly) {
      const { fetch } = loginKeyFunction;
      const glue = createGlue(createBrowser({ turn, clock, assembly, fetch }));
      return {
        ...glue,
        start(page, host) {
          begin(page);
          glue.start(page, witnessHost(host, note));
        },
        configure: (source, props) => glue.configure(source, noted(props)),
        tasksChanged(listed, shown, worker) {
          (listed || []).concat(shown).forEach(tasks.see);
          glue.tasksChanged(listed, shown, worker);
        },
        mount: (...given) => mount(glue, ...given),
      };
    },
  };
}

/** In a real browser a shadow host shows its own children in a slot alone. */
function showSlot(root) {
  if (!root.querySelector('slot')) root.append(document.createElement('slot'));
}

/** The buttons of the component invoke Actions; nothing else tells which key an agent has typed. */
function witnessHost(host, note) {
  return {
    ...host,
    perform(name, payload) {
      if (name === 'GlanceJoinWithKey') note('keyTyped', payload);
      return host.perform(name, payload);
    },
  };
}

/** Props whose callbacks are noted: the same function for the same one, since another one means a change. */
function createNoted(note) {
  const onsessionstart = createWrapper('onsessionstart', note);
  const onsessionend = createWrapper('onsessionend', note);
  return (props) => ({
    ...props,
    onsessionstart: onsessionstart(props.onsessionstart),
    onsessionend: onsessionend(props.onsessionend),
  });
}

function createWrapper(name, note) {
  const known = new WeakMap();
  /** @type {(event: object) => void} */
  const none = () => {};
  return (prop = none) => {
    if (typeof prop !== 'function') return prop;
    if (!known.has(prop)) {
      known.set(prop, (event) => {
        note(name, event);
        prop(event);
      });
    }
    return known.get(prop);
  };
}

/** jsdom's own `atob` takes longer than the rest of a test. */
function decodeBase64(text) {
  const fromNode = globalThis['Buffer'];
  if (fromNode) return fromNode.from(text, 'base64');
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
