/** What the doctor says about a page of a site: its script tag and its content security policy. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startTags } from '../../src/doctor/html.mjs';
import { judgePage } from '../../src/doctor/judge/page.mjs';
import { scriptTag } from '../../dist/visitor.mjs';

const URL_OF_PAGE = 'https://shop.example.com/teas';
const SRC = 'https://www.glancecdn.net/cobrowse/CobrowseJS.ashx?group=20541&amp;site=production';
const ATTRIBUTES = {
  id: 'glance-cobrowse',
  charset: 'UTF-8',
  src: SRC,
  'data-groupid': '20541',
  'data-site': 'production',
  'data-presence': 'api',
};

/** The script tag with some attributes changed; null takes one away. */
function tag(changes) {
  const all = Object.entries({ ...ATTRIBUTES, ...changes }).filter(([, value]) => value !== null);
  return `<script ${all.map(([name, value]) => `${name}='${value}'`).join(' ')}></script>`;
}

const page = (head, { headers, ...rest } = {}) => ({
  url: URL_OF_PAGE,
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html><html><head><title>Teas</title>${head}</head><body></body></html>`,
  ...rest,
});

const withPolicy = (policy, changes) =>
  page(tag(changes), { headers: { 'content-security-policy': policy } });

const OPEN =
  "script-src 'self' https://www.glancecdn.net; style-src 'self' https://www.glancecdn.net; " +
  "img-src 'self' https://www.glancecdn.net; connect-src 'self' https://*.glance.net wss://*.glance.net";

const told = (findings) =>
  findings.filter(({ status }) => status !== 'ok').map(({ check, status }) => `${check} ${status}`);

for (const [what, given, expected, settings] of [
  ['the tag of the guide', page(tag()), []],
  [
    'the tag that scriptTag writes',
    page(
      scriptTag({
        groupid: 20541,
        cookiedomain: 'example.com',
        inputevents: { 'ctrl-13': 'showTerms' },
        video: 'off',
        ws: 'www.glance.net',
        presenceserver: 'https://presence.glance.net',
        additionalgroupids: [20542],
        cookietype: 'normal',
        termsurl: 'https://example.com/terms',
        startpaused: 2,
        collection: 'on',
        visitorid: 'V1',
      }),
    ),
    [],
  ],
  ['another server of Glance', page(tag({ src: SRC.replace('www.', 'ww2.') })), []],
  [
    'a tag with a nonce and defer',
    page(tag({ nonce: 'abc', defer: '', crossorigin: 'anonymous' })),
    [],
  ],
  ['the script of presence alone', page(tag({ src: `${SRC}&amp;script=PresenceVisitor` })), []],
  ['the group of the component', page(tag()), [], { groupid: 20541 }],
  [
    'a tag whose address is relative to a base',
    page(
      `<base href="https://www.glancecdn.net/">${tag({ src: '/cobrowse/CobrowseJS.ashx?group=20541' })}`,
    ),
    [],
  ],
  [
    'a server of the component',
    page(tag({ src: SRC.replace('www.glancecdn.net', 'glance.example.com') })),
    [],
    { hosts: { cdn: 'glance.example.com' } },
  ],

  ['a host that is unknown', { failure: 'dns', url: URL_OF_PAGE }, ['visitor.page error']],
  [
    'a failure of an unknown kind',
    { failure: 'network', url: URL_OF_PAGE },
    ['visitor.page unknown'],
  ],
  ['a page that is not there', page('', { status: 404 }), ['visitor.page error']],
  ['a redirect without end', page('', { status: 302 }), ['visitor.page error']],
  ['a picture', page('', { headers: { 'content-type': 'image/png' } }), ['visitor.page error']],

  ['no tag', page(''), ['visitor.script error']],
  ['a tag in a comment', page(`<!-- ${tag()} -->`), ['visitor.script unknown']],
  ['a tag in noscript', page(`<noscript>${tag()}</noscript>`), ['visitor.script unknown']],
  [
    'a tag that a script writes',
    page(`<script>add('${SRC}')</script>`),
    ['visitor.script unknown'],
  ],
  ['two tags', page(tag() + tag()), ['visitor.script error']],
  [
    'an attribute given twice',
    page(tag().replace('data-site', 'data-groupid="1" data-site')),
    ['visitor.script warning'],
  ],

  ['no id', page(tag({ id: null })), ['visitor.script.id error']],
  ['another id', page(tag({ id: 'glance' })), ['visitor.script.id error']],
  ['the old id', page(tag({ id: 'cobrowsescript' })), ['visitor.script.id warning']],
  [
    'a tag that a consent manager holds back',
    page(tag({ type: 'text/plain' })),
    ['visitor.script.type error'],
  ],
  ['a tag with a type', page(tag({ type: 'text/javascript' })), []],

  ['no src', page(tag({ src: null })), ['visitor.script.src error']],
  [
    'a src without https',
    page(tag({ src: SRC.replace('https', 'http') })),
    ['visitor.script.src error'],
  ],
  [
    'a src in small letters',
    page(tag({ src: SRC.replace('CobrowseJS', 'cobrowsejs') })),
    ['visitor.script.src error'],
  ],
  [
    "the agent's script",
    page(tag({ src: `${SRC}&amp;script=PresenceAgent` })),
    ['visitor.script.src error'],
  ],
  [
    'a src without a group',
    page(tag({ src: SRC.replace('group=20541&amp;', '') })),
    ['visitor.script.src error'],
  ],
  [
    'a src on a server of its own',
    page(tag({ src: SRC.replace('www.glancecdn.net', 'cdn.example.com') })),
    ['visitor.script.src warning'],
  ],
  [
    'the script of beta',
    page(tag({ src: SRC.replace('www.', 'beta.') })),
    ['visitor.script.src error'],
  ],
  [
    'the script of beta for beta',
    page(tag({ src: SRC.replace('www.', 'beta.') })),
    [],
    { environment: 'beta' },
  ],
  [
    'the script of production for beta',
    page(tag()),
    ['visitor.script.src error'],
    { environment: 'beta' },
  ],

  ['no group', page(tag({ 'data-groupid': null })), ['visitor.script.groupid error']],
  [
    'a group that is a placeholder',
    page(tag({ 'data-groupid': '{groupid}' })),
    ['visitor.script.groupid error'],
  ],
  ['two groups', page(tag({ 'data-groupid': '20542' })), ['visitor.script.groupid error']],
  [
    "a group that is not the component's",
    page(tag()),
    ['visitor.script.groupid error'],
    { groupid: 12345 },
  ],
  ['no site', page(tag({ 'data-site': null })), ['visitor.script.site warning']],
  [
    'the staging site',
    page(tag({ 'data-site': 'staging', src: SRC.replace('production', 'staging') })),
    ['visitor.script.site warning'],
  ],
  ['two sites', page(tag({ 'data-site': 'staging' })), ['visitor.script.site error']],
  ['an unknown site', page(tag({ 'data-site': 'live' })), ['visitor.script.site error']],
  ['no presence', page(tag({ 'data-presence': null })), ['visitor.script.presence warning']],
  ['presence off', page(tag({ 'data-presence': 'off' })), ['visitor.script.presence warning']],
  ['presence by itself', page(tag({ 'data-presence': 'on' })), ['visitor.script.presence warning']],
  [
    'an unknown presence',
    page(tag({ 'data-presence': 'true' })),
    ['visitor.script.presence error'],
  ],
  ["a cookie for the page's host", page(tag({ 'data-cookiedomain': 'shop.example.com' })), []],
  ['a cookie with a leading dot', page(tag({ 'data-cookiedomain': '.example.com' })), []],
  [
    'a cookie for another domain',
    page(tag({ 'data-cookiedomain': 'example.org' })),
    ['visitor.script.cookiedomain error'],
  ],
  [
    'a cookie for a domain that ends alike',
    page(tag({ 'data-cookiedomain': 'p.example.com' })),
    ['visitor.script.cookiedomain error'],
  ],
  [
    'a cookie for an address',
    page(tag({ 'data-cookiedomain': 'https://example.com' })),
    ['visitor.script.cookiedomain error'],
  ],
  [
    'an unknown kind of cookie',
    page(tag({ 'data-cookietype': 'local' })),
    ['visitor.script.cookietype error'],
  ],
  [
    'groups that are names',
    page(tag({ 'data-additionalgroupids': '20542,sales' })),
    ['visitor.script.additionalgroupids error'],
  ],
  [
    'keys that are no JSON',
    page(tag({ 'data-inputevents': '{ctrl-13:showTerms}' })),
    ['visitor.script.inputevents error'],
  ],
  [
    'a key for an unknown action',
    page(tag({ 'data-inputevents': '{"ctrl-13":"start"}' })),
    ['visitor.script.inputevents warning'],
  ],
  [
    'terms without https',
    page(tag({ 'data-termsurl': '/terms' })),
    ['visitor.script.termsurl error'],
  ],
  [
    'an impossible visitor',
    page(tag({ 'data-visitorid': 'maria@example.com' })),
    ['visitor.script.visitorid error'],
  ],
  [
    'an impossible server',
    page(tag({ 'data-ws': 'http://www.glance.net' })),
    ['visitor.script.ws error'],
  ],
  [
    'an unknown pause',
    page(tag({ 'data-startpaused': 'yes' })),
    ['visitor.script.startpaused error'],
  ],
  ['an impossible video', page(tag({ 'data-video': 'no video' })), ['visitor.script.video error']],
  [
    'an unknown collection',
    page(tag({ 'data-collection': 'off' })),
    ['visitor.script.collection error'],
  ],
  [
    "an agent's token",
    page(tag({ 'data-authtoken': 'secret-jwt' })),
    ['visitor.script.authtoken error'],
  ],
  ['another charset', page(tag({ charset: 'latin1' })), ['visitor.script.charset warning']],
  ['a fixed digest', page(tag({ integrity: 'sha384-abc' })), ['visitor.script.integrity error']],
  ['a slip of the pen', page(tag({ 'data-group-id': '20541' })), ['visitor.script.other warning']],

  ['a policy as Glance asks for', withPolicy(OPEN), []],
  ['a policy for everything', withPolicy('default-src *'), []],
  ['a policy that is about frames', withPolicy("frame-ancestors 'none'"), []],
  [
    'a policy without the script server',
    withPolicy(OPEN.replace('https://www.glancecdn.net', '')),
    ['visitor.csp.script error'],
  ],
  [
    "a policy of 'self'",
    withPolicy("default-src 'self'"),
    ['visitor.csp.script error', 'visitor.csp.connect error', 'visitor.csp.looks warning'],
  ],
  [
    'a policy without sockets',
    withPolicy(OPEN.replace('wss://*.glance.net', '')),
    ['visitor.csp.connect error'],
  ],
  [
    'a policy with the presence server alone',
    withPolicy(OPEN.replace(/\/\/\*\.glance/g, '//presence.glance')),
    ['visitor.csp.connect warning'],
  ],
  [
    'a policy without pictures',
    withPolicy(OPEN.replace("img-src 'self' https://www.glancecdn.net", "img-src 'self'")),
    ['visitor.csp.looks warning'],
  ],
  [
    'two policies of which one is closed',
    withPolicy(`${OPEN}, script-src 'self'`),
    ['visitor.csp.script error'],
  ],
  [
    'a policy of a meta element',
    page(`<meta http-equiv="Content-Security-Policy" content="script-src 'self'">${tag()}`),
    ['visitor.csp.script error'],
  ],
  [
    'strict-dynamic without the nonce',
    withPolicy("script-src 'nonce-abc' 'strict-dynamic' https://www.glancecdn.net"),
    ['visitor.csp.script error'],
  ],
  [
    'strict-dynamic with the nonce',
    withPolicy("script-src 'nonce-abc' 'strict-dynamic'", { nonce: 'abc' }),
    [],
  ],
  ['a wildcard', withPolicy('script-src *.glancecdn.net'), []],
  ['a path', withPolicy('script-src https://www.glancecdn.net/cobrowse/'), []],
  [
    'another path',
    withPolicy('script-src https://www.glancecdn.net/agent/'),
    ['visitor.csp.script error'],
  ],
  [
    'another port',
    withPolicy('script-src https://www.glancecdn.net:8443'),
    ['visitor.csp.script error'],
  ],
  ['scripts from elements', withPolicy("script-src 'self'; script-src-elem https:"), []],
  [
    'a server of presence that the tag names',
    withPolicy(OPEN, { 'data-presenceserver': 'pr.example.net' }),
    ['visitor.csp.connect error'],
  ],
  ['a directive given twice', withPolicy(`script-src https:; script-src 'self'`), []],
]) {
  test(`${what}: ${expected.join(', ') || 'nothing to tell'}`, () => {
    const findings = judgePage(given, settings ?? {});
    assert.deepEqual(told(findings), expected);
    for (const { check, status, seen, why, fix } of findings) {
      assert.ok(/^visitor\.[a-z.]+$/.test(check) && seen && why, check);
      assert.equal(fix === '', status === 'ok', `${check} ${status} has the fix "${fix}"`);
    }
    assert.ok(!JSON.stringify(findings).includes('secret'));
  });
}

const fixOf = (given) => judgePage(given, {}).find(({ status }) => status !== 'ok').fix;

test('the fix of a policy is the directive with what to add to it', () => {
  const policy = withPolicy(OPEN.replace('https://*.glance.net wss://*.glance.net', ''));
  assert.equal(
    fixOf(policy),
    'Add to connect-src of the policy: https://*.glance.net wss://*.glance.net',
  );
  assert.equal(
    fixOf(withPolicy("script-src 'self'")),
    'Add to script-src of the policy: https://www.glancecdn.net',
  );
});

test('the fix of an address is the address, ready for HTML', () => {
  assert.ok(fixOf(page(tag({ src: null }))).startsWith(`Set src to ${SRC}`));
});

for (const [what, html, expected] of [
  [
    'unquoted values',
    '<script id=glance-cobrowse data-site=production>',
    { id: 'glance-cobrowse', 'data-site': 'production' },
  ],
  [
    'capitals',
    '<SCRIPT ID="glance-cobrowse" Data-Site=production>',
    { id: 'glance-cobrowse', 'data-site': 'production' },
  ],
  ['line breaks and spaces', '<script\n\tid = "a"\r\n data-b\n=\n1 >', { id: 'a', 'data-b': '1' }],
  ['an attribute without value', '<script defer id=a>', { defer: '', id: 'a' }],
  ['an empty value before the end', '<script id=>', { id: '' }],
  ['a > in quotation marks', '<script a="1>2" id=\'>\'>', { a: '1>2', id: '>' }],
  ['slashes', '<script/id=a/b/>', { id: 'a/b/' }],
  ['references', '<script a="&amp;&lt;&#65;&#x42;&quot;&copy=1&amp">', { a: '&<AB"&copy=1&' }],
  [
    'a doctype and a comment before',
    '<!DOCTYPE html><!-- <script id=no> --><script id=a>',
    { id: 'a' },
  ],
  ['comments that end early', '<!--><script id=a>', { id: 'a' }],
  ['a title that has a tag', '<title><script id=no></title><script id=a>', { id: 'a' }],
  ['a title of a picture', '<svg><title/></svg><script id=a>', { id: 'a' }],
  ['a text area that has a tag', '<textarea><script id=no></textarea ><script id=a>', { id: 'a' }],
  ['a processing instruction', '<?php "<script id=no" ?><script id=a>', { id: 'a' }],
  ['signs that are no tags', 'a < b <3 </ > <script id=a>', { id: 'a' }],
]) {
  test(`a page is read as a browser reads it: ${what}`, () => {
    const [script] = startTags(html).filter(({ name }) => name === 'script');
    assert.deepEqual(Object.fromEntries(script.attributes), expected);
  });
}

test('a script ends where a browser ends it', () => {
  const scripts = (html) => startTags(html).filter(({ name }) => name === 'script');
  assert.deepEqual(
    scripts('<script>"<script id=no>"</script><script id=a></script>').map(({ text }) => text),
    ['"<script id=no>"', ''],
  );
  assert.equal(scripts('<script><!-- <script></script> --></script><script id=a>').length, 2);
  assert.equal(scripts('<script><!-- </script><script id=a>').length, 2);
  assert.equal(scripts('<script><!--><script></script><script id=a>').length, 2);
});

test('a tag that the page ends in is no tag', () => {
  for (const html of ['<script id=a', '<script id="a>', '<script id=\'a" ></script>']) {
    assert.deepEqual(startTags(html), []);
  }
});

test('a page of a megabyte is read in no time', () => {
  for (const piece of [
    '<',
    '<!--',
    '<a ',
    '<a b="',
    '&amp;',
    '<script>',
    'a=',
    '</',
    '<svg>',
    ' ',
  ]) {
    assert.ok(startTags(`<p>${piece.repeat((1 << 20) / piece.length)}`).length > 0);
    assert.ok(startTags(`<p ${piece.repeat((1 << 20) / piece.length)}`).length >= 0);
  }
});
