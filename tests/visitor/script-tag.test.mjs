/** The script-tag builder: documented attributes, checked values, escaped HTML. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { scriptTag } from '../../dist/visitor.mjs';

/** The tag's attributes as a browser reads them. */
function attributes(html) {
  const [, inner] = /^<script ([^<>]*)><\/script>$/.exec(html) ?? assert.fail(html);
  const entities = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
  const read = (text) => text.replace(/&([a-z]+|#39);/g, (_, name) => entities[name]);
  const pairs = [...inner.matchAll(/([a-z-]+)="([^"]*)"/g)];
  assert.equal(pairs.map(([pair]) => pair).join(' '), inner, 'nothing but attributes');
  return Object.fromEntries(pairs.map(([, name, text]) => [name, read(text)]));
}

test('a group ID alone gives the tag that the integration needs', () => {
  assert.deepEqual(attributes(scriptTag({ groupid: 12345 })), {
    id: 'glance-cobrowse',
    charset: 'UTF-8',
    src: 'https://www.glancecdn.net/cobrowse/CobrowseJS.ashx?group=12345&site=production',
    'data-groupid': '12345',
    'data-site': 'production',
    'data-presence': 'api',
  });
});

test('every option becomes its attribute', () => {
  const tag = attributes(
    scriptTag({
      groupid: '12345',
      site: 'staging',
      presence: 'on',
      cookiedomain: '.example.com',
      cookietype: 'dual',
      additionalgroupids: [12346, '12347'],
      inputevents: { 'ctrl-13': 'showButton', 'alt-13': 'showTerms' },
      termsurl: 'https://www.example.com/terms?a=1&b="2"',
      visitorid: 'Jenny_1~.-',
      ws: 'www.glance.net',
      presenceserver: 'presence.glance.net',
      scriptserver: 'https://www.glancecdn.net',
      startpaused: 2,
      video: 'off',
      collection: 'on',
      cdn: 'http://glance.localhost:4603/ignored',
    }),
  );
  assert.deepEqual(tag, {
    id: 'glance-cobrowse',
    charset: 'UTF-8',
    src: 'http://glance.localhost:4603/cobrowse/CobrowseJS.ashx?group=12345&site=staging',
    'data-groupid': '12345',
    'data-site': 'staging',
    'data-presence': 'on',
    'data-cookiedomain': '.example.com',
    'data-cookietype': 'dual',
    'data-additionalgroupids': '12346,12347',
    'data-inputevents': '{"ctrl-13":"showButton","alt-13":"showTerms"}',
    'data-termsurl': 'https://www.example.com/terms?a=1&b="2"',
    'data-visitorid': 'Jenny_1~.-',
    'data-ws': 'www.glance.net',
    'data-presenceserver': 'presence.glance.net',
    'data-scriptserver': 'https://www.glancecdn.net',
    'data-startpaused': '2',
    'data-video': 'off',
    'data-collection': 'on',
  });
});

test('presence that is off has no attribute, and undefined means the default', () => {
  const tag = attributes(scriptTag({ groupid: 12345, presence: 'off', site: undefined }));
  assert.equal('data-presence' in tag, false);
  assert.equal(tag['data-site'], 'production');
});

const HOSTILE = [
  '"><script>alert(1)</script>',
  "' onload='alert(1)",
  'javascript:alert(1)',
  'production\n',
  'constructor',
  '__proto__',
  'toString',
  '',
  ' ',
  'a b',
  '\u0000',
  '日本',
  'x'.repeat(100_000),
  null,
  NaN,
  Infinity,
  -1,
  1.5,
  0,
  1e21,
  true,
  false,
  Symbol('secret'),
  () => 'production',
  {},
  { toString: () => 'production' },
  ['production'],
  [[12345]],
  Object.create(null),
];

/** Options that take any short word, or any text of the visitor-ID alphabet, or any host. */
const TAKEN = {
  visitorid: ['constructor', '__proto__', 'toString'],
  video: ['constructor', '__proto__', 'toString'],
  ws: ['constructor', 'toString'],
  presenceserver: ['constructor', 'toString'],
  scriptserver: ['constructor', 'toString'],
  cdn: ['constructor', 'toString'],
};

const OPTIONS =
  'groupid site presence cookiedomain cookietype additionalgroupids inputevents termsurl visitorid ws presenceserver scriptserver startpaused video collection cdn'.split(
    ' ',
  );

for (const name of OPTIONS) {
  test(`a wrong "${name}" is refused by name, without its value`, () => {
    for (const value of HOSTILE.filter((it) => !TAKEN[name]?.includes(it))) {
      if (name === 'startpaused' && value === 1) continue;
      assert.throws(
        () => scriptTag({ groupid: 12345, [name]: value }),
        (error) => {
          assert.ok(error instanceof TypeError, String(error.stack));
          assert.match(
            error.message,
            new RegExp(`^scriptTag: option "${name}" must be .+, got \\w+\\.$`),
          );
          assert.doesNotMatch(error.message, /alert|secret|xxx/);
          return true;
        },
        `${name}: ${String(value?.constructor?.name)} was taken`,
      );
    }
  });
}

test('addresses are https, without credentials, or of this machine', () => {
  const tag = (termsurl) => scriptTag({ groupid: 12345, termsurl });
  for (const good of ['https://example.com/t', 'http://127.0.0.1:4602/t', 'http://[::1]/']) {
    assert.equal(attributes(tag(good))['data-termsurl'], good);
  }
  for (const bad of [
    'http://example.com/t',
    'https://user:word@example.com/',
    'https://exa mple.com/',
    'https://example.com\\@evil.example/',
    'http://localhost.evil.example/',
    'ftp://example.com/',
    '//example.com/',
    'https://',
  ]) {
    assert.throws(() => tag(bad), { name: 'TypeError' }, bad);
  }
});

test('an unknown option, and an agent’s token, are refused by name', () => {
  assert.throws(() => scriptTag({ groupid: 12345, 'data-site': 'production' }), {
    message: /^scriptTag: there is no option "data-site"\. There are groupid, site, /,
  });
  assert.throws(() => scriptTag({ groupid: 12345, authtoken: 'eyJ.secret' }), {
    message: /there is no option "authtoken"/,
  });
  assert.throws(() => scriptTag(JSON.parse('{"groupid": 12345, "__proto__": {"site": "x"}}')), {
    message: /there is no option "__proto__"/,
  });
});

test('nothing at all is refused for its group ID', () => {
  for (const nothing of [undefined, null, {}, [], 5]) {
    assert.throws(() => scriptTag(nothing), {
      message:
        /^scriptTag: option "groupid" must be the number of your Glance group.+ undefined\.$/,
    });
  }
});

test('what others have put on Object.prototype is no option', () => {
  Object.prototype.site = 'staging';
  try {
    assert.equal(attributes(scriptTag({ groupid: 12345 }))['data-site'], 'production');
  } finally {
    delete Object.prototype.site;
  }
});
