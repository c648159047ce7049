import { production } from '../../../vectors/hosts.json';
import { deliver } from '../answers.js';
import { originOf } from '../server.js';
import { currentToken } from './authorization.js';
import { AgentConnection } from './connection.js';
import { groupid as pageGroup } from './element.js';

/** Whether look-ups and signals wait for a connection that is being opened. */
export const waiting = { isOn: true };

/** What an agent may know and do about one visitor. */
export class Agent {
  /** @type {(event: {connected: boolean}) => void} */
  onvisitorconn;
  /** @type {(event: {url: string, browser: string, browserver: string, platform: string}) => void} */
  onpresence;
  /** @type {(event: {status: 'accepted' | 'declined'}) => void} */
  onterms;
  /** @type {() => void} */
  onvisitorsessionstart;
  /** @type {() => void} */
  onvisitorsessionend;
  /** A session on the visitor's side failed. @type {(event: {code: string, msg: string}) => void} */
  onvisitorerror;
  /** @type {(event: {code: string, msg: string}) => void} */
  onerror;
  #origin;
  #identity;
  #connection;

  /**
   * @param {object} parameters
   * @param {string} [parameters.presenceserver]
   * @param {string} [parameters.visitorid] One of the two IDs is needed.
   * @param {string} [parameters.uniqueid] For visitors of `connectUnique`.
   * @param {number | string} [parameters.groupid] The page's group if left out.
   */
  constructor({
    presenceserver = production.presence,
    visitorid,
    uniqueid,
    groupid = pageGroup(),
  }) {
    this.#origin = originOf(presenceserver);
    // No visitor has a unique ID here, and an ID with a colon can be nobody's.
    this.#identity = { groupid: Number(groupid), visitorid: visitorid ?? `unique:${uniqueid}` };
  }

  /** Opens the connection that hears of the visitor. Extra calls are harmless. */
  connect() {
    if (this.#connection) {
      return;
    }
    const connection = new AgentConnection(this.#origin, this.#identity, {
      event: (name, event) => this[`on${name}`]?.(event),
      end: (error) => {
        if (connection === this.#connection) {
          this.#connection = undefined;
          this.onerror?.(error);
        }
      },
    });
    this.#connection = connection;
  }

  /** Closes the connection. Extra calls are harmless. */
  disconnect() {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
  }

  /** `onsuccess` gets an empty object if the visitor is absent. */
  async lookupVisitor({ onsuccess, onfail }) {
    await this.#ask('lookupvisitor', undefined, { onsuccess, onfail });
  }

  /** `onsuccess` says that the service has the signal; it waits five seconds for the visitor. */
  async signalVisitor({ data = null, onsuccess, onfail }) {
    await this.#ask('signalvisitor', { mtype: 'signal', data }, { onsuccess, onfail });
  }

  /** Calls the function `func` of the visitor page's `GLANCE` namespace with `args`. */
  async invokeVisitor({ func, args, onsuccess, onfail }) {
    const message = { mtype: 'invoke', data: { func, args } };
    await this.#ask('signalvisitor', message, { onsuccess, onfail });
  }

  async #ask(what, message, { onsuccess, onfail }) {
    if (waiting.isOn) {
      await this.#connection?.settled;
    }
    const answer = await this.#fetch(`/${what}?${new URLSearchParams(this.#identity)}`, message);
    deliver(answer, (content) => {
      if (content.code) {
        onfail?.(content.code);
      } else {
        onsuccess?.(content);
      }
    });
  }

  async #fetch(path, message) {
    const headers = { Authorization: `Bearer ${currentToken()}` };
    const body = message && JSON.stringify(message);
    if (body) {
      headers['Content-Type'] = 'application/json';
    }
    try {
      const method = body ? 'POST' : 'GET';
      const response = await fetch(this.#origin + path, { method, headers, body });
      return await response.json();
    } catch {
      return { code: 'conndrop' };
    }
  }
}
