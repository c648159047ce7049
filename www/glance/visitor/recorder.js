import { record } from 'rrweb';

import { guard } from './guard.js';
import { BLOCKED } from './masking.js';

/** How long events are collected before they are sent together. */
const COLLECT_MS = 40;

/** A message's largest length; the server closes the connection on twice as much. */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** rrweb's event types that matter here. */
const DOM_CONTENT_LOADED = 0;
const LOAD = 1;
const META = 4;

/** What the viewer shows about the page beside its picture. */
function describePage() {
  const { matches: isDark } = matchMedia('(prefers-color-scheme: dark)');
  const url = location.origin + location.pathname;
  return { title: document.title, url, scheme: isDark ? 'dark' : 'light' };
}

/** The page's own query may hold what a form sent, passwords included. */
function withoutQuery(json) {
  const query = JSON.stringify(location.search).slice(1, -1);
  return query ? json.replaceAll(query, '') : json;
}

/** Records the page and sends what the guard lets through. */
export class Recorder {
  #send;
  #tooLarge;
  #stop;
  #events = [];
  #isFull = false;
  #timer;

  /**
   * @param {object} handlers
   * @param {(header: object, body: string) => void} handlers.send
   * @param {() => void} handlers.tooLarge
   */
  constructor({ send, tooLarge }) {
    this.#send = send;
    this.#tooLarge = tooLarge;
  }

  /** Begins with a full snapshot, also if it was recording already. */
  start() {
    this.stop();
    this.#stop = record({
      emit: (event) => this.#add(event),
      blockSelector: BLOCKED,
      recordAfter: 'DOMContentLoaded',
      slimDOMOptions: { script: true, comment: true },
      sampling: { mousemove: 50, mousemoveCallback: 100, scroll: 100 },
    });
  }

  /** Takes a fresh full snapshot. Does nothing while not recording. */
  snapshot() {
    if (this.#stop && document.readyState !== 'loading') {
      record.takeFullSnapshot(true);
    }
  }

  /** Extra calls are harmless. */
  stop() {
    this.#stop?.();
    this.#stop = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#events = [];
    this.#isFull = false;
  }

  #add(recorded) {
    if (recorded.type === DOM_CONTENT_LOADED || recorded.type === LOAD) {
      return;
    }
    const event = guard(recorded);
    if (!event) {
      return;
    }
    if (event.type === META) {
      this.#events = [];
      this.#isFull = true;
    }
    this.#events.push(event);
    this.#timer ??= setTimeout(() => this.#flush(), COLLECT_MS);
  }

  #flush() {
    this.#timer = undefined;
    const body = withoutQuery(JSON.stringify(this.#events));
    const header = { type: 'events', full: this.#isFull, page: describePage() };
    this.#events = [];
    this.#isFull = false;
    if (body.length > LARGEST_MESSAGE) {
      this.#tooLarge();
    } else {
      this.#send(header, body);
    }
  }
}
