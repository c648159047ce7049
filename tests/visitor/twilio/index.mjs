/**
 * Stands for the Twilio servers that a visitor's chat talks to, for these tests only: tokens, Flex's
 * web channels, and the socket with Sync and chat behind it. What is asked and not known is noted in
 * `unknown`, which a test expects to be empty.
 */

import { Chats } from './chats.mjs';
import * as conversations from './conversations.mjs';
import * as programmableChat from './programmable-chat.mjs';
import { sid } from './sids.mjs';
import { Sync, answer as answerSync } from './sync.mjs';
import { Twilsock } from './twilsock.mjs';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization,content-type',
};

export class Twilio {
  #sync = new Sync();
  #tokens = new Map();
  chats = new Chats(this.#sync);
  unknown = [];
  /** Command of Programmable Chat to the status with which it is refused. */
  faults = {};

  /** A token by which a client signs in as this identity. */
  token(identity) {
    const token = `token-${identity}-${this.#tokens.size}`;
    this.#tokens.set(token, identity);
    return token;
  }

  /** Takes the place of Twilio's hosts for all pages of a browser context. */
  async serve(context) {
    await context.route(/^https:/, (route) => this.#http(route));
    await context.routeWebSocket(/^wss:/, (socket) => {
      if (new URL(socket.url()).host !== 'tsock.us1.twilio.com') {
        this.unknown.push(socket.url());
        return;
      }
      const twilsock = new Twilsock({
        send: (bytes) => socket.send(bytes),
        signIn: (token) => this.#tokens.get(token),
        request: (client, request) => this.#carried(client, request),
      });
      socket.onMessage((bytes) => twilsock.receive(bytes));
      socket.onClose(() => this.#sync.unsubscribeAll(twilsock.notify));
    });
  }

  #http(route) {
    const request = route.request();
    const { host, pathname } = new URL(request.url());
    if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers: CORS });
    if (pathname.endsWith('.css')) return route.fulfill({ headers: CORS, body: '' });
    const answered = this.#answer(host, pathname, request);
    if (!answered) {
      this.unknown.push(`${request.method()} ${request.url()}`);
      return route.fulfill({ status: 404, headers: CORS });
    }
    const [status, json] = answered;
    return route.fulfill({ status, headers: CORS, json });
  }

  #answer(host, pathname, request) {
    if (host === 'iam.twilio.com' && pathname.endsWith('/Tokens')) {
      const identity = `visitor-${this.#tokens.size}`;
      const expiration = new Date(Date.now() + 3_600_000).toISOString();
      return [200, { identity, token: this.token(identity), roles: ['customer'], expiration }];
    }
    if (host === 'flex-api.twilio.com' && pathname === '/v1/WebChannels') {
      const credentials = request.headers().authorization.replace('Basic ', '');
      const [, token] = Buffer.from(credentials, 'base64').toString().split(':');
      const identity = new URLSearchParams(request.postData()).get('Identity');
      if (this.#tokens.get(token) !== identity) return [401, { message: 'Not this token' }];
      return [201, { sid: this.chats.open(identity), flex_flow_sid: sid('FO') }];
    }
    if (pathname === '/assets/countries.json') return [200, []];
    if (pathname === '/assets/flagPositions.json') return [200, {}];
    return undefined;
  }

  #carried(client, request) {
    const { method, host, path } = request;
    const answered = this.#route(client, request);
    if (answered) return answered;
    this.unknown.push(`${method} ${host}${path}`);
    return [404, { message: 'Not known to the tests' }];
  }

  #route(client, request) {
    const { host, path, method, body } = request;
    if (host === 'aim.twilio.com') return programmableChat.answer(this.chats, client, request);
    if (host === 'aim.us1.twilio.com') return conversations.answer(this.chats, client, request);
    if (path.endsWith('/Subscriptions')) {
      setImmediate(() => {
        this.#sync.subscribe(client.notify, body);
        for (const { object_sid } of body.requests) {
          const object = this.#sync.find(object_sid);
          if (object.context && body.action === 'establish') this.#sync.contextUpdated(object);
        }
      });
      return [202, { max_batch_size: 100, estimated_delivery_in_ms: 5000 }];
    }
    if (path === '/v3/Lists' && method === 'POST') {
      const list = programmableChat.openSession(this.chats, client, body);
      return [201, this.#sync.describe(list)];
    }
    const answered = answerSync(this.#sync, request);
    const list = this.#sync.find(/\/Lists\/(\w+)\/Items$/.exec(path)?.[1]);
    if (list?.context && method === 'POST') {
      const index = list.items.size - 1;
      setImmediate(() => {
        const name = programmableChat.command(this.chats, client, list, index, this.faults);
        if (name) this.unknown.push(`command ${name}`);
      });
    }
    return answered;
  }
}
