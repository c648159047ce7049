/**
 * The agent's script of Presence with methods that throw: served in the place of `index.js` while the
 * scenario has an adversary or a method that throws.
 *
 * Before each call the script asks the sandbox, synchronously, whether it throws, so that turning the
 * switch back counts at once. With an adversary, look-ups and signals do not wait for a connection that
 * is being opened: the answer to a look-up may be older than what the connection says first, and older
 * than an arrival of which the connection was too late to tell.
 *
 * Faithful in: nothing that is known. Glance does not document that a method throws; any script can.
 */

import { Agent, waiting } from './agent.js';
import { install } from './install.js';

const { origin } = new URL(document.currentScript.src);

install();

for (const method of ['connect', 'disconnect', 'lookupVisitor', 'signalVisitor', 'invokeVisitor']) {
  const call = Agent.prototype[method];
  Agent.prototype[method] = function (...parameters) {
    const { throws, waits } = plan(method);
    if (throws) {
      throw new Error(`Glance PresenceAgent: ${method} failed, as the sandbox's scenario says.`);
    }
    waiting.isOn = waits;
    return call.apply(this, parameters);
  };
}

/** A page that goes away, or a sandbox that has ended, gets no answer: then nothing goes wrong. */
function plan(method) {
  const request = new XMLHttpRequest();
  try {
    request.open('GET', `${origin}/presence/agent-call?method=${method}`, false);
    request.send();
    return JSON.parse(request.responseText);
  } catch {
    return { throws: false, waits: true };
  }
}
