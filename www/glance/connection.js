/** How long a broken connection may take to come back before the session counts as lost. */
const LONGEST_DROP_MS = 60_000;

/** Waits between attempts; the last one repeats. */
const RETRY_MS = [250, 500, 1000, 2000, 4000];

/** A page's socket to Glance's session server. It connects again when it breaks. */
export class Connection {
  #url;
  #handlers;
  #socket;
  #timer;
  #attempts = 0;
  #droppedAt;

  /**
   * @param {string} url
   * @param {object} handlers
   * @param {() => object} handlers.hello The first message of each connection.
   * @param {(message: object, body?: unknown) => void} handlers.message
   * @param {() => void} handlers.drop The connection broke; it is being made again.
   * @param {() => void} handlers.lost It did not come back.
   */
  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
    this.#open();
  }

  /** Sends a message, with a second line if there is one. Not connected: it is not sent. */
  send(message, body) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(
        body === undefined ? JSON.stringify(message) : `${JSON.stringify(message)}\n${body}`,
      );
    }
  }

  /** Call when the server has accepted the connection. Extra calls are harmless. */
  confirm() {
    this.#attempts = 0;
    this.#droppedAt = undefined;
  }

  close() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #open() {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => this.send(this.#handlers.hello()));
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) {
        this.#handlers.message(...data.split('\n').map((line) => JSON.parse(line)));
      }
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) {
        this.#retry();
      }
    });
  }

  #retry() {
    if (this.#droppedAt === undefined) {
      this.#droppedAt = Date.now();
      this.#handlers.drop();
    }
    if (!this.#socket) {
      return;
    }
    if (Date.now() - this.#droppedAt > LONGEST_DROP_MS) {
      this.#socket = undefined;
      this.#handlers.lost();
      return;
    }
    const wait = RETRY_MS[Math.min(this.#attempts, RETRY_MS.length - 1)];
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.#open(), wait);
  }
}
