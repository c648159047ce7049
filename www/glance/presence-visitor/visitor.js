/**
 * Stands for `GLANCE.Presence.Visitor`.
 *
 * Faithful in: the parameters and their defaults, `presence`, `connect`, `disconnect`, `onsignal`,
 * `onerror`, `onclose`; what is said of the page goes along with the first `presence`, later calls
 * merge, only strings and numbers are taken, and it is repeated every minute; an agent may call
 * functions of the `GLANCE` namespace, and nothing else of the page.
 *
 * Inferred: `onerror` with the code `conndrop`, then `onclose`, when the connection breaks, which is
 * not made again before the next `connect`; the code `service` for everything that is refused; `url` among
 * later data takes the place of the page's first address.
 *
 * Differs in: WebSocket without SockJS; the server is `data-presenceserver` or the one this script
 * came from; `connectUnique` and `setVisitorId` are not here.
 */

import { originOf, socketUrl } from '../server.js';
import { invoke } from './invoke.js';
import { describePage } from './page.js';
import { addReporter, removeReporter } from './reports.js';

const REPEAT_MS = 60_000;

const DROPPED = { code: 'conndrop', msg: 'The connection to the Presence service was lost.' };

export class PresenceVisitor {
  /** @type {(event: {code: string, msg: string}) => void} */
  onerror;
  /** @type {(data: unknown) => void} */
  onsignal;
  /** @type {() => void} */
  onclose;
  #url;
  #hello;
  #socket;
  #isConnected = false;
  #data;
  #timer;
  #waiting = [];
  #listening;

  /**
   * @param {import('../visitor/config.js').Config} config
   * @param {{groupid?: number | string, visitorid?: string}} [parameters]
   */
  constructor(config, { groupid = config.groupid, visitorid = config.visitorid } = {}) {
    this.#url = socketUrl(originOf(config.presenceServer ?? config.origin), '/presence/visitor');
    this.#hello = { type: 'hello', groupid: Number(groupid), visitorid: String(visitorid ?? '') };
  }

  /**
   * Says that the visitor is on this page.
   *
   * @param {object} [parameters]
   * @param {Record<string, string | number>} [parameters.data] Facts about the visitor.
   * @param {() => void} [parameters.onsuccess] The service has them.
   */
  presence({ data = {}, onsuccess } = {}) {
    const wrong = Object.entries(data).find(([, it]) => !['string', 'number'].includes(typeof it));
    if (wrong) {
      const msg = `The presence value "${wrong[0]}" is neither a string nor a number.`;
      this.onerror?.({ code: 'service', msg });
      return;
    }
    this.#data = { ...(this.#data ?? describePage()), ...data };
    this.#report(onsuccess);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#report(), REPEAT_MS);
  }

  /** Lets agents see that the visitor is here and reach this page. Extra calls are harmless. */
  connect() {
    if (!this.#isConnected) {
      this.#isConnected = true;
      this.#sendConnect();
      addReporter(this.#reporter);
    }
  }

  /** Ends presence and connection. Extra calls are harmless. */
  disconnect() {
    this.#isConnected = false;
    this.#data = undefined;
    this.#close();
  }

  #reporter = (message) => this.#send(message);

  #report(onsuccess) {
    this.#waiting.push(onsuccess);
    this.#send({ type: 'presence', data: this.#data });
  }

  #sendConnect() {
    this.#send({ type: 'connect', visible: document.visibilityState === 'visible' });
  }

  #turnedTo() {
    if (this.#isConnected && document.visibilityState === 'visible') {
      this.#send({ type: 'active' });
    }
  }

  /** Sends now, or as soon as the socket is open. */
  #send(message) {
    const socket = (this.#socket ??= this.#open());
    const text = JSON.stringify(message);
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.addEventListener('open', () => socket.send(text));
    } else {
      socket.send(text);
    }
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const active = () => this.#turnedTo();
    document.addEventListener('visibilitychange', active, { signal });
    addEventListener('focus', active, { signal });
    addEventListener('pointerdown', active, { capture: true, signal });
    addEventListener('pagehide', () => this.#suspend(), { signal });
  }

  #open() {
    this.#listen();
    const socket = new WebSocket(this.#url);
    let error = DROPPED;
    socket.addEventListener('open', () => socket.send(JSON.stringify(this.#hello)));
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      switch (message.type) {
        case 'received':
          this.#waiting.shift()?.();
          break;
        case 'signal':
          this.onsignal?.(message.data);
          break;
        case 'invoke':
          invoke(message.func, message.args);
          break;
        case 'error':
          error = { code: message.code, msg: message.msg };
          break;
      }
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) {
        this.disconnect();
        this.onerror?.(error);
        this.onclose?.();
      }
    });
    return socket;
  }

  #close() {
    clearInterval(this.#timer);
    this.#listening?.abort();
    removeReporter(this.#reporter);
    this.#waiting = [];
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** The page goes away, or without its connection into the browser's store, and may come back. */
  #suspend() {
    this.#close();
    addEventListener('pageshow', ({ persisted }) => persisted && this.#resume(), { once: true });
  }

  #resume() {
    if (this.#data) {
      this.presence();
    }
    if (this.#isConnected) {
      this.#isConnected = false;
      this.connect();
    }
  }
}
