/** A visitor ID of the page's own, kept in the browser. */

import { readOptions } from './options.js';
import { isVisitorId } from './presence.js';
import { reporter } from './report.js';

const NAME = 'flex-glance-visitor';
const YEAR_S = 365 * 24 * 60 * 60;

/** Whether a value will do, and what is expected. */
const OPTIONS = {
  name: [
    (name) => typeof name === 'string' && /^[^\s=;,]{1,200}$/.test(name),
    'a text without blanks, = ; and ,',
  ],
  cookieDomain: [
    (domain) => typeof domain === 'string' && /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(domain),
    'a domain such as "example.com"',
  ],
  renew: [(renew) => typeof renew === 'boolean', 'true or false'],
};

/** What was made where nothing can be stored, by name. */
const memory = new Map();

/**
 * The visitor ID that this browser was given, or a new one: `V` and 128 random bits in hexadecimal
 * digits, 33 characters.
 * @param {{name?: string, cookieDomain?: string, renew?: boolean}} [given] See `index.d.ts`; what
 *   cannot be used is told on the console, and left out.
 * @throws {Error} In a browser without `crypto.getRandomValues`: an ID that can be guessed would let
 *   a stranger pass for the visitor.
 */
export function visitorId(given) {
  const report = reporter();
  const {
    name = NAME,
    cookieDomain,
    renew,
  } = readOptions(given, OPTIONS, (message) => report('option', `visitorId: ${message}`));
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
  const { crypto } = typeof window === 'undefined' ? {} : window;
  if (!crypto || !crypto.getRandomValues) {
    throw new Error('visitorId: there is no crypto.getRandomValues here, so no ID can be made.');
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
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
  return {
    read(name) {
      const entry = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
      return entry && entry.slice(name.length + 1);
    },
    write(name, id) {
      const attributes = ['Path=/', `Max-Age=${YEAR_S}`, 'SameSite=Lax'];
      if (domain) attributes.push(`Domain=${domain}`);
      if (window.location.protocol === 'https:') attributes.push('Secure');
      document.cookie = [`${name}=${id}`, ...attributes].join('; ');
    },
  };
}
