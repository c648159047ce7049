/**
 * The form of a Glance login key: `$1$`, ten digits of Unix seconds, `$`, 43 characters of Base64URL.
 * The cases are in `vectors/login_key_form.json`, which core and the Glance stand-in run as well.
 */

import { trim } from './white-space.mjs';

export const LONGEST_LIFE_S = 86400;

/**
 * When a key runs out, in Unix seconds, or which rule it breaks; the key itself is never kept. White
 * space around it does not count.
 * @returns {{expiresAtS: number} | {broken: string}}
 */
export function readLoginKey(given) {
  if (typeof given !== 'string') return { broken: 'is no text' };
  const key = trim(given);
  if (!key.startsWith('$1$')) return { broken: 'does not begin with $1$' };
  const [expiry, signature, ...rest] = key.slice(3).split('$');
  if (signature === undefined || rest.length > 0) {
    return { broken: 'has not the three parts version, expiry and signature' };
  }
  if (!/^\d{10}$/.test(expiry)) {
    return { broken: 'has an expiry that is not ten digits of seconds since 1970' };
  }
  if (key.length !== 57) return { broken: `has ${key.length} characters instead of 57` };
  if (!/^[A-Za-z0-9_-]{43}$/.test(signature)) {
    return { broken: 'has a signature that is not Base64URL: + and / must be - and _' };
  }
  return { expiresAtS: Number(expiry) };
}
