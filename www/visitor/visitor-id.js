/** A visitor ID of the page's own, kept in the browser. */

import { isVisitorId } from './presence.js';

const NAME = 'flex-glance-visitor';
const YEAR_S = 365 * 24 * 60 * 60;

/** What was made where nothing can be stored, by name. */
const memory = new Map();

/**
 * The visitor ID that this browser was given, or a new one: `V` and 128 random bits in hexadecimal
 * digits, 33 characters.
 * @param {{name?: string, cookieDomain?: string, renew?: boolean}} [options] See `index.d.ts`.
 * @throws {Error} In a browser without `crypto.getRandomValues`: an ID that can be guessed would let
 *   a stranger pass for the visitor.
 */
export function visitorId({ name = NAME, cookieDomain, renew = false } = {}) {
  const stores = [cookie(cookieDomain), inMemory];
  if (!cookieDomain) stores.unshift(local);
  const kept = renew ? undefined : find(stores, (store) => store.read(name));
  if (kept) return kept;
  const fresh = make();
  // What counts is what can be read again: a full or blocked store may take it without a word.
  find(stores, (store) => {
    store.write(name, fresh);
    return store.read(name) === fresh;
  });
  return fresh;
}

/** The first good answer. A store may throw, where the browser refuses it to the page. */
function find(stores, ask) {
  for (const store of stores) {
    try {
      const answer = ask(store);
      if (answer === true || isVisitorId(answer)) return answer;
    } catch (_) {
      // The next one may do.
    }
  }
  return undefined;
}

function make() {
  if (!window.crypto || !window.crypto.getRandomValues) {
    throw new Error('visitorId: this browser has no crypto.getRandomValues, so no ID can be made.');
  }
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return `V${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

const local = {
  read: (name) => window.localStorage.getItem(name),
  write: (name, id) => window.localStorage.setItem(name, id),
};

const inMemory = {
  read: (name) => memory.get(name),
  write: (name, id) => memory.set(name, id),
};

function cookie(domain) {
  const attributes = [
    'Path=/',
    `Max-Age=${YEAR_S}`,
    'SameSite=Lax',
    ...(domain ? [`Domain=${domain}`] : []),
    ...(window.location.protocol === 'https:' ? ['Secure'] : []),
  ].join('; ');
  return {
    read(name) {
      const entry = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
      return entry && entry.slice(name.length + 1);
    },
    write(name, id) {
      document.cookie = `${name}=${id}; ${attributes}`;
    },
  };
}
