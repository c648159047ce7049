/**
 * Stands for Twilsock V3 (`wss://tsock.us1.twilio.com`), the socket that carries the chat clients'
 * requests and Sync's events. A frame is a first line with the header's length, the header and a
 * payload. Tokens are checked; they do not expire, and the socket is never full.
 */

const FIRST_LINE = /^TWILSOCK V3\.0 (\d+)\r\n/;

/** One client's socket. */
export class Twilsock {
  #send;
  #signIn;
  #request;
  #identity;
  #messages = 0;

  /**
   * @param {object} wiring
   * @param {(bytes: Buffer) => void} wiring.send
   * @param {(token: string) => string | undefined} wiring.signIn Answers the identity.
   * @param {(client: {identity: string, notify: Function}, request: object) => [number, object]}
   *   wiring.request Answers a request that the socket carries.
   */
  constructor({ send, signIn, request }) {
    this.#send = send;
    this.#signIn = signIn;
    this.#request = request;
    this.notify = this.notify.bind(this);
  }

  receive(bytes) {
    const { header, payload } = read(bytes);
    const reply = { method: 'reply', id: header.id, status: { code: 200, status: 'OK' } };
    if (header.method === 'init' || header.method === 'update') {
      this.#identity = this.#signIn(header.token);
      if (!this.#identity) {
        const status = { code: 401, status: 'UNAUTHORIZED', errorCode: 20101 };
        return this.#write({ ...reply, status });
      }
      return this.#write({
        ...reply,
        capabilities: ['client_update'],
        continuation_token: 'continuation',
        init_registrations: [],
        offline_storage: {},
      });
    }
    if (header.method === 'message') {
      const { method, host, path, params = {} } = header.http_request;
      const client = { identity: this.#identity, notify: this.notify };
      const body = parse(payload);
      const [code, answer] = this.#request(client, { method, host, path, params, body });
      const http_status = { code, status: code < 300 ? 'OK' : 'ERROR' };
      return this.#write({ ...reply, http_status, http_headers: {} }, answer);
    }
    if (!['reply', 'close'].includes(header.method)) this.#write(reply);
    return undefined;
  }

  /** Pushes an event of Sync, after the reply that is being made. */
  notify(event) {
    setImmediate(() => {
      this.#messages += 1;
      const id = `TM${this.#messages}`;
      this.#write({ method: 'notification', id, message_type: 'twilio.sync.event' }, event);
    });
  }

  #write(header, payload) {
    const body = payload === undefined ? '' : JSON.stringify(payload);
    const text = JSON.stringify({
      ...header,
      payload_size: Buffer.byteLength(body),
      ...(body && { payload_type: 'application/json' }),
    });
    this.#send(Buffer.from(`TWILSOCK V3.0 ${Buffer.byteLength(text)}\r\n${text}\r\n${body}`));
  }
}

/** JSON, or the form with which a chat tells that somebody writes. */
function parse(payload) {
  if (!payload) return undefined;
  if (!/^[[{]/.test(payload)) return Object.fromEntries(new URLSearchParams(payload));
  return JSON.parse(payload);
}

function read(bytes) {
  const buffer = Buffer.from(bytes);
  const [line, length] = FIRST_LINE.exec(buffer.toString('latin1'));
  const end = line.length + Number(length);
  const header = JSON.parse(buffer.subarray(line.length, end).toString());
  return { header, payload: buffer.subarray(end + 2).toString() };
}
