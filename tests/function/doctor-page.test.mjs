/**
 * `flex-glance doctor` and the pages of a site: each fault, made in a page of the sandbox's shop, is
 * told by its finding and no other.
 */

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';

import { doctor } from './doctor-command.mjs';
import { GROUP_ID, startSandbox } from './sandbox.mjs';

let sandbox;
let shop;
/** Serves the shop's page as `change` leaves it. */
let server;
let change;

before(async () => {
  sandbox = await startSandbox();
  const answer = await fetch(sandbox.origins.shop);
  shop = { html: await answer.text(), policy: answer.headers.get('content-security-policy') };
  server = http.createServer((_, response) => {
    const page = change(shop);
    if (page.location) return response.writeHead(302, { location: page.location }).end();
    const headers = { 'content-type': 'text/html', 'content-security-policy': page.policy };
    return response.writeHead(page.status ?? 200, headers).end(page.html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.stop();
});

async function examine(page, args = []) {
  const { glance } = sandbox.origins;
  const hosts = ['cdn', 'web', 'presence'].flatMap((name) => ['--host', `${name}=${glance}`]);
  return doctor(['--page', page, '--group-id', GROUP_ID, ...hosts, ...args]);
}

test("nothing is wrong with the shop's pages", async () => {
  for (const page of ['/', '/checkout']) {
    const { findings, told } = await examine(sandbox.origins.shop + page);
    assert.deepEqual(told, []);
    assert.ok(findings.some(({ check }) => check === 'visitor.csp.connect'));
  }
});

const html = (from, to) => (page) => ({ ...page, html: page.html.replace(from, to) });
const policy = (from, to) => (page) => ({ ...page, policy: page.policy.replace(from, to) });

for (const [what, made, expected] of [
  [
    'no script tag, where the shop’s own scripts may add one',
    html(/<script id="glance-cobrowse"[^>]*>/, '<script>'),
    ['visitor.script unknown'],
  ],
  [
    'a script tag in a comment',
    html(/(<script id="glance-cobrowse"[^>]*><\/script>)/, '<!-- $1 -->'),
    ['visitor.script unknown'],
  ],
  [
    'a script tag twice',
    html(/(<script id="glance-cobrowse"[^>]*><\/script>)/, '$1$1'),
    ['visitor.script error'],
  ],
  [
    'another group',
    html(/data-groupid="\d+"/, 'data-groupid="12345"'),
    ['visitor.script.groupid error'],
  ],
  ['no presence', html('data-presence="api"', ''), ['visitor.script.presence warning']],
  [
    'the staging settings in one place',
    html('data-site="production"', 'data-site="staging"'),
    ['visitor.script.site error'],
  ],
  [
    'a cookie for another domain',
    html('data-site', 'data-cookiedomain="example.com" data-site'),
    ['visitor.script.cookiedomain error'],
  ],
  [
    "the agent's script",
    html('&amp;site=', '&amp;script=PresenceAgent&amp;site='),
    ['visitor.script.src error'],
  ],
  [
    'a policy without the script server',
    policy(/(script-src [^;]*) http:\/\/glance[^;]*/, '$1'),
    ['visitor.csp.script error'],
  ],
  [
    'a policy without the socket',
    policy(/(connect-src [^;]*) ws:\/\/glance[^;]*/, '$1'),
    ['visitor.csp.connect error'],
  ],
  [
    'a policy without styles',
    policy(/(style-src [^;]*) http:\/\/glance[^;]*/, '$1'),
    ['visitor.csp.looks warning'],
  ],
  ['a page behind a sign-in', (page) => ({ ...page, status: 401 }), ['visitor.page unknown']],
  ['a page that is gone', () => ({ location: 'http://127.0.0.1:9/' }), ['visitor.page error']],
]) {
  test(`${what}: ${expected[0]}, and nothing else`, async () => {
    change = made;
    assert.deepEqual((await examine(address())).told, expected);
  });
}

test('a redirect is followed as a browser follows it', async () => {
  change = () => ({ location: sandbox.origins.shop });
  assert.deepEqual((await examine(address())).told, []);
  change = () => ({ location: '/' });
  assert.deepEqual((await examine(address())).told, ['visitor.page error']);
});

const address = () => `http://127.0.0.1:${server.address().port}/`;
