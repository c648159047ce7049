/** The key's bytes: Glance's documented algorithm, in the Function's own spelling of it. */

import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { vectors } from '../vectors.mjs';

const require = createRequire(import.meta.url);
const CryptoJS = require('crypto-js');
const { sign } = require('../../functions/getloginkey.js');

/** The published Function's way, character by character. */
function signWithCryptoJs(apiKey, groupId, partnerUserId, expiresAtS) {
  const hmac = CryptoJS.HmacSHA256(`${groupId}${partnerUserId}1${expiresAtS}`, apiKey);
  const base64 = hmac.toString(CryptoJS.enc.Base64).slice(0, 43);
  return `$1$${expiresAtS}$${base64.replaceAll('+', '-').replaceAll('/', '_')}`;
}

const ALPHABET = [...'abcXYZ0189_-.@+ &%#=$\n\0äöüßéñ日本語🙂\u{1F469}\u200D\u{1F4BB}'];

function randomText(longest) {
  return Array.from(
    { length: randomInt(1, longest) },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
}

test('signs the vectors that the Rust tests share', () => {
  for (const vector of vectors('login_key')) {
    const { api_key, partnerid, partneruserid, expires_at_s, login_key } = vector;
    assert.equal(sign(api_key, partnerid, partneruserid, expires_at_s), login_key);
  }
});

test('agrees with crypto-js on three thousand random inputs', () => {
  for (let i = 0; i < 3000; i += 1) {
    const expiresAtS = randomInt(1_000_000_000, 10_000_000_000);
    const apiKey = i % 2 ? randomText(100) : randomBytes(20).toString('hex');
    const inputs = [apiKey, String(randomInt(1, 1_000_000)), randomText(100), expiresAtS];
    const key = sign(...inputs);
    assert.equal(key, signWithCryptoJs(...inputs), JSON.stringify(inputs));
    assert.match(key, /^\$1\$\d{10}\$[\w-]{43}$/);
  }
});
