import { production } from '../../../vectors/hosts.json';
import { deliver } from '../answers.js';
import { originOf } from '../server.js';
import { pageToken } from './element.js';

let token;
const listeners = new Set();

/** The token that goes with every request of this page. */
export function currentToken() {
  return token ?? pageToken() ?? '';
}

/** @param {() => void} listener Called when there is a new token. */
export function onToken(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {string} jwt A token that the page has obtained in another way. */
export function setToken(jwt) {
  token = jwt;
  listeners.forEach((listener) => listener());
}

/**
 * Obtains a token and keeps it for the requests of this page.
 *
 * @param {object} parameters
 * @param {string} [parameters.webserver]
 * @param {string} parameters.service `presence`
 * @param {number | string} [parameters.groupid] The agent's only group if left out.
 * @param {{partnerid, partneruserid: string, loginkey: string}} parameters.credentials
 * @param {number} parameters.duration Minutes, 1 to 120.
 * @param {() => void} [parameters.onsuccess]
 * @param {(reason: string) => void} [parameters.onfail]
 */
export async function authorize({
  webserver = production.web,
  service,
  groupid,
  credentials,
  duration,
  onsuccess,
  onfail,
}) {
  const { partnerid, partneruserid, loginkey } = credentials;
  const query = new URLSearchParams({ service, duration });
  if (groupid !== undefined) {
    query.set('groupid', groupid);
  }
  const answer = await ask(`${originOf(webserver)}/authorization?${query}`, {
    partnerid: String(partnerid),
    partneruserid: String(partneruserid),
    loginkey: String(loginkey),
  });
  deliver(answer, ({ authToken, message }) => {
    if (authToken) {
      setToken(authToken);
      onsuccess?.();
    } else {
      onfail?.(message);
    }
  });
}

async function ask(url, body) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { message: 'The Glance Authorization Service cannot be reached.' };
  }
}
