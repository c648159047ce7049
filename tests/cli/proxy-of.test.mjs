/** Which proxy the environment names for an address. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { proxyOf } from '../../cli/src/doctor/proxy.mjs';

const PROXY = 'http://proxy.example:3128';
const asked = (url, environment) => proxyOf(new URL(url), environment);

for (const [what, url, environment, expected] of [
  ['https', 'https://a.example', { HTTPS_PROXY: PROXY }, 'HTTPS_PROXY'],
  ['http', 'http://a.example', { HTTP_PROXY: PROXY }, 'HTTP_PROXY'],
  ['https by the variable of http', 'https://a.example', { HTTP_PROXY: PROXY }, undefined],
  ['all', 'https://a.example', { ALL_PROXY: PROXY }, 'ALL_PROXY'],
  [
    'its own before all',
    'https://a.example',
    { ALL_PROXY: 'x', https_proxy: PROXY },
    'https_proxy',
  ],
  [
    'small letters first',
    'https://a.example',
    { HTTPS_PROXY: 'x', https_proxy: PROXY },
    'https_proxy',
  ],
  [
    'an empty variable',
    'https://a.example',
    { https_proxy: ' ', HTTPS_PROXY: PROXY },
    'HTTPS_PROXY',
  ],
  ['none', 'https://a.example', {}, undefined],
  ['localhost', 'https://localhost', { HTTPS_PROXY: PROXY }, undefined],
  ['127.0.0.1', 'http://127.0.0.1', { HTTP_PROXY: PROXY }, undefined],
  ['::1', 'http://[::1]:80', { HTTP_PROXY: PROXY }, undefined],
]) {
  test(`proxy for ${what}: ${expected}`, () => {
    const proxy = asked(url, environment);
    assert.equal(proxy?.variable, expected);
    if (expected) assert.equal(proxy.origin, PROXY);
  });
}

for (const [list, url, isBypassed] of [
  ['*', 'https://a.example', true],
  ['a.example', 'https://a.example', true],
  ['A.EXAMPLE', 'https://a.example', true],
  ['a.example', 'https://b.a.example', true],
  ['.a.example', 'https://b.a.example', true],
  ['*.a.example', 'https://b.a.example', true],
  ['a.example.', 'https://a.example', true],
  ['a.example', 'https://a.example.', true],
  ['x.example b.example,a.example', 'https://a.example', true],
  ['a.example:443', 'https://a.example', true],
  ['a.example:8443', 'https://a.example:8443', true],
  ['a.example:8443', 'https://a.example', false],
  ['a.example', 'https://ba.example', false],
  ['b.a.example', 'https://a.example', false],
  ['', 'https://a.example', false],
  [',', 'https://a.example', false],
  ['10.1.2.3', 'https://10.1.2.3', true],
  ['10.0.0.0/8', 'https://10.1.2.3', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['fd00::/8', 'https://[fd00::7]', true],
  ['fd00::7', 'https://[fd00::7]', true],
  ['[fd00::7]:443', 'https://[fd00::7]', true],
  ['[fd00::7]:444', 'https://[fd00::7]', false],
  ['fd00::/8', 'https://[2001:db8::7]', false],
]) {
  test(`NO_PROXY of "${list}" ${isBypassed ? 'names' : 'does not name'} ${url}`, () => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const { bypassedBy } = asked(url, { HTTPS_PROXY: PROXY, [name]: list });
      assert.equal(bypassedBy, isBypassed ? name : undefined);
    }
  });
}
