import { Connection } from '../connection.js';
import { clearSession, readSession, writeSession } from './cookie.js';
import { Events } from './events.js';
import { Recorder } from './recorder.js';

const RANDOM_KEY = 'GLANCE_KEYTYPE_RANDOM';

/** The visitor's side of a session: over pages and broken connections, to its end. */
export class Session {
  events = new Events();
  /** `none`, `starting` or `running`. */
  state = 'none';
  /** The session key while a session runs. */
  key;
  #config;
  #ui;
  #connection;
  #recorder;
  /** Group, key and disambiguator for the first message of a connection. */
  #identity;
  /** The tab that is recorded. */
  #hasFocus = false;
  #video = false;
  #dropped = false;

  constructor(config, ui) {
    this.#config = config;
    this.#ui = ui;
    this.#recorder = new Recorder({
      send: (header, body) => this.#connection?.send(header, body),
      tooLarge: () => this.#fail('service', 'This page is too large to be shared.'),
    });
    ui.onend = () => this.#connection?.send({ type: 'end' });
    addEventListener('pagehide', () => this.#suspend());
    addEventListener('pageshow', ({ persisted }) => persisted && this.resume());
    document.addEventListener('visibilitychange', () => this.#turnedTo());
    addEventListener('focus', () => this.#turnedTo());
    addEventListener('pointerdown', () => this.#turnedTo(), { capture: true });
  }

  get isRunning() {
    return this.state === 'running';
  }

  /** @param {string | {sessionKey?: string, groupid?: number, video?: string}} [what] */
  start(what) {
    if (this.state !== 'none') {
      return;
    }
    const { sessionKey, groupid } = typeof what === 'object' ? what : { sessionKey: what };
    this.state = 'starting';
    this.#video = hasVideo(what);
    this.#identity = {
      group: Number(groupid ?? this.#config.groupid),
      key: String(sessionKey ?? this.#config.visitorid ?? RANDOM_KEY),
      visitor: randomName(),
    };
    this.events.emit('sessionstarting');
    this.#connect();
  }

  /** Goes on with the session that the cookie names, if there is one. Extra calls are harmless. */
  resume() {
    const session = this.state === 'none' && readSession();
    if (session) {
      this.state = 'running';
      this.key = session.key;
      const { video, ...identity } = session;
      this.#video = video;
      this.#identity = { group: this.#config.groupid, ...identity };
      this.#ui.showSession(this.key, video);
      this.#connect();
    }
  }

  /** What may leave the page has changed: the agent's picture is replaced. */
  maskingChanged() {
    this.#recorder.snapshot();
  }

  #connect() {
    const url = `${this.#config.origin.replace(/^http/, 'ws')}/cobrowse/session`;
    this.#connection = new Connection(url, {
      hello: () => ({
        type: this.isRunning ? 'continue' : 'start',
        ...this.#identity,
        visible: document.visibilityState === 'visible',
      }),
      message: (message) => this.#receive(message),
      drop: () => this.#drop(),
      lost: () => this.#fail('conndrop', 'The connection to Glance was lost.'),
    });
  }

  #receive(message) {
    switch (message.type) {
      case 'running':
        this.#run(message.key);
        break;
      case 'focus':
        this.#hasFocus = true;
        this.#recorder.start();
        this.events.emit('focus');
        break;
      case 'blur':
        this.#hasFocus = false;
        this.#recorder.stop();
        this.events.emit('blur');
        break;
      case 'snapshot':
        this.#recorder.snapshot();
        break;
      case 'agents':
        this.#ui.showAgents(message.count);
        this.events.emit('agents', { count: message.count });
        break;
      case 'ended':
        this.#end(message.reason);
        break;
      case 'error':
        this.#fail(message.code, message.msg);
        break;
    }
  }

  #run(key) {
    this.#connection.confirm();
    const wasStarting = this.state === 'starting';
    this.state = 'running';
    this.key = key;
    this.#identity.key = key;
    writeSession({ ...this.#identity, video: this.#video }, this.#config.cookieDomain);
    this.#ui.showSession(key, this.#video);
    if (this.#dropped) {
      this.#dropped = false;
      this.#ui.showConnection(true);
      this.events.emit('connection', { status: 'ok' });
      return;
    }
    if (wasStarting) {
      this.events.emit('sessionstart');
    }
    this.events.emit('sessioncontinue');
  }

  #drop() {
    this.#recorder.stop();
    if (this.isRunning) {
      this.#dropped = true;
      this.#ui.showConnection(false);
      this.events.emit('connection', { status: 'reconnecting' });
    } else {
      this.#fail('service', 'Glance cannot be reached.');
    }
  }

  #fail(code, msg) {
    this.events.emit('error', { code, msg });
    if (this.isRunning) {
      this.#connection?.send({ type: 'end' });
      this.#end('error');
    } else {
      this.#letGo();
      this.#ui.say(msg);
    }
  }

  #end(reason) {
    this.#letGo();
    clearSession(this.#config.cookieDomain);
    this.#ui.sayEnded(reason);
    this.events.emit('sessionend', { reason });
  }

  /** The page goes away or into the browser's store; the session stays. */
  #suspend() {
    if (this.isRunning) {
      this.#letGo();
    }
  }

  #letGo() {
    this.#recorder.stop();
    this.#connection?.close();
    this.#connection = undefined;
    this.state = 'none';
    this.key = undefined;
    this.#hasFocus = false;
    this.#dropped = false;
    this.#ui.hideSession();
  }

  /** The visitor looks at this tab: it joins a session begun in another one, and is recorded. */
  #turnedTo() {
    if (document.visibilityState !== 'visible') {
      return;
    }
    this.resume();
    if (this.isRunning && !this.#hasFocus) {
      this.#connection.send({ type: 'focus' });
    }
  }
}

/** Whether a session that starts with these parameters has video. */
export function hasVideo(what) {
  return Boolean(what?.video) && what.video !== 'off';
}

function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
