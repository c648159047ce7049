import { socketUrl } from '../server.js';
import { currentToken, onToken } from './authorization.js';

const DROPPED = { code: 'conndrop', msg: 'The connection to the Presence service was lost.' };

/** One agent's connection about one visitor, from its opening to its end. */
export class AgentConnection {
  /** Resolves when the connection holds or has failed. */
  settled;
  #socket;

  /**
   * @param {string} origin
   * @param {{groupid: number, visitorid: string}} identity
   * @param {object} handlers
   * @param {(name: string, event?: object) => void} handlers.event Something about the visitor.
   * @param {(error: {code: string, msg: string}) => void} handlers.end It ended by itself.
   */
  constructor(origin, identity, { event, end }) {
    const socket = new WebSocket(socketUrl(origin, '/presence/agent'));
    this.#socket = socket;
    const send = (message) => socket.send(JSON.stringify({ ...message, token: currentToken() }));
    const stopRenewing = onToken(() => {
      if (socket.readyState === WebSocket.OPEN) {
        send({ type: 'token' });
      }
    });
    let error = DROPPED;
    socket.addEventListener('open', () => send({ type: 'connect', ...identity }));
    this.settled = new Promise((resolve) => {
      socket.addEventListener('close', () => {
        stopRenewing();
        resolve();
        end(error);
      });
      socket.addEventListener('message', ({ data }) => {
        const { type, ...content } = JSON.parse(data);
        switch (type) {
          case 'ready':
            resolve();
            break;
          case 'error':
            error = content;
            break;
          case 'presence':
            event(type, content.data);
            break;
          default:
            event(type, content);
        }
      });
    });
  }

  close() {
    this.#socket.close();
  }
}
