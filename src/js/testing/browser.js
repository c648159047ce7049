// @ts-check
/* global globalThis */
/**
 * The browser that the instance finds in a test, by the names that its glue uses.
 *
 * Faithful: everything that is the test's own: the document, its events and its focus, `Math`, Promises,
 * and whatever else is not named here. Where Node.js has `window` and `document` alone as globals, all
 * other names are found in `window`.
 *
 * Not faithful: the network is `login-key-function.js`; time can be moved on (`clock.js`); microtasks are
 * done at once (`turn.js`). jsdom has no `TextDecoder`, so Node.js' `Buffer` decodes; no popovers, which
 * the component then shows in place; and no layout, so that nothing is hidden or covered by styles.
 */
import { ScriptedRequest, ScriptedResponse } from './login-key-function.js';

const Decoder = class {
  decode(bytes) {
    if (!bytes) return '';
    return globalThis['Buffer']
      .from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      .toString('utf8');
  }
};

const Encoder = class {
  encode(text) {
    return globalThis['Buffer'].from(text);
  }
};

/**
 * @param {object} parts
 * @param {ReturnType<import('./turn.js').createTurn>} parts.turn
 * @param {ReturnType<import('./clock.js').createClock>} parts.clock
 * @param {object} parts.assembly Stands for `WebAssembly`.
 * @param {(request: any) => any} parts.fetch
 */
export function createBrowser({ turn, clock, assembly, fetch }) {
  const given = {
    globalThis: window,
    window,
    self: window,
    // Jest's global object is not one by its prototype.
    Window: { [Symbol.hasInstance]: (value) => value === window },
    WebAssembly: assembly,
    fetch,
    Request: ScriptedRequest,
    Response: ScriptedResponse,
    queueMicrotask: turn.later,
    TextDecoder: globalThis.TextDecoder || Decoder,
    TextEncoder: globalThis.TextEncoder || Encoder,
    setTimeout: clock.setTimeout,
    setInterval: clock.setInterval,
    clearTimeout: clock.clearTimeout,
    clearInterval: clock.clearInterval,
    performance: clock.performance,
    Date: clock.Date,
  };
  return new Proxy(given, {
    get(names, name) {
      const [found = globalThis] = [names, window].filter((scope) => scope[name] !== undefined);
      return found[name];
    },
  });
}
