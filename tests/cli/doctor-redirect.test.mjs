/** `npx flex-glance-cli doctor --page`: no redirect of a site leads it into the local network. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { runNode, unpackPackage } from './package.mjs';
import { pageWithTag, proxy, serve } from './servers.mjs';

const { home, program, remove } = unpackPackage();
/** What no site may lead to. */
const inside = await serve(pageWithTag);
/** Sends on to what its path tells. */
const site = await serve(({ url }, response) =>
  response.writeHead(302, { location: decodeURIComponent(url.slice(1)) }).end(),
);
const outside = await serve(pageWithTag);
const hosts = { 'shop.example': site.port, 'www.shop.example': outside.port };
const gateway = await proxy({ hosts });
after(() => {
  for (const server of [inside, site, outside, gateway]) server.close();
  remove();
});

/** What a resolver says, at the first question and at all others. */
const NAMES = {
  'inside.example': [['10.0.0.7']],
  'inside-v6.example': [['fd00::7']],
  'mapped.example': [['::ffff:127.0.0.1']],
  'mixed.example': [['198.51.100.7', '192.168.1.7']],
  'rebound.example': [['198.51.100.7'], ['127.0.0.1']],
};
const resolver = path.join(home, 'resolver.cjs');
writeFileSync(
  resolver,
  `const names = ${JSON.stringify(NAMES)};
  require('node:dns').lookup = (host, options, back) => {
    const answers = names[host];
    if (!answers) return back(Object.assign(new Error(host), { code: 'ENOTFOUND' }));
    const found = (answers.length > 1 ? answers.shift() : answers[0]).map((address) => (
      { address, family: address.includes(':') ? 6 : 4 }));
    return options.all ? back(null, found) : back(null, found[0].address, found[0].family);
  };`,
);

/** Opens a page that sends on to each of these addresses. */
async function open(targets, ...options) {
  const before = { inside: inside.asked.length, gateway: gateway.asked.length };
  const pages = targets.map((to) => `http://shop.example/${encodeURIComponent(to)}`);
  const { stdout, status } = await runNode(
    ['--require', resolver, program, 'doctor', '--json', ...options, ...pages.flatMap(asPage)],
    {
      cwd: home,
      env: { HTTP_PROXY: `http://127.0.0.1:${gateway.port}`, NO_PROXY: 'rebound.example' },
    },
  );
  return {
    status,
    pages: JSON.parse(stdout).examined.map(({ findings }) =>
      Object.fromEntries(findings.map((finding) => [finding.check, finding])),
    ),
    inside: inside.asked.length - before.inside,
    gateway: gateway.asked.slice(before.gateway),
  };
}

function asPage(url) {
  return ['--page', url];
}

const LOCAL = [
  `http://127.0.0.1:${inside.port}/`,
  `http://127.1:${inside.port}/`,
  `http://2130706433:${inside.port}/`,
  `http://0x7f.0.0.1:${inside.port}/`,
  `http://0.0.0.0:${inside.port}/`,
  `http://localhost:${inside.port}/`,
  `http://LOCALHOST.:${inside.port}/`,
  `http://a.localhost:${inside.port}/`,
  `http://[::1]:${inside.port}/`,
  `http://[::]:${inside.port}/`,
  `http://[::ffff:127.0.0.1]:${inside.port}/`,
  `http://[::127.0.0.1]:${inside.port}/`,
  '//127.0.0.1/',
  'http://10.0.0.1/',
  'http://172.31.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[2002:a00:1::1]/',
  'http://router/',
  'http://nas.local/',
  'http://wiki.corp.internal/',
  'http://inside.example/',
  'http://inside-v6.example/',
  `http://mapped.example:${inside.port}/`,
  'http://mixed.example/',
];

test('a redirect into the local network is not followed, however it is written', async () => {
  const { pages, status, ...reached } = await open(LOCAL);
  assert.equal(status, 0);
  assert.equal(pages.length, LOCAL.length);
  pages.forEach((page, at) => {
    const { status, seen, fix } = page['visitor.page'];
    assert.equal(status, 'unknown', LOCAL[at]);
    assert.match(seen, /in the local network, which was not opened/, LOCAL[at]);
    assert.match(fix, /--allow-local/);
  });
  assert.equal(reached.inside, 0);
  assert.equal(reached.gateway.length, LOCAL.length);
  assert.ok(reached.gateway.every((one) => one.startsWith('GET http://shop.example/')));
});

test('nor is one after a redirect that stays outside', async () => {
  const inner = encodeURIComponent(`http://127.0.0.1:${inside.port}/`);
  const { pages, inside: reached } = await open([`http://shop.example/${inner}`]);
  assert.equal(pages[0]['visitor.page'].status, 'unknown');
  assert.equal(reached, 0);
});

test('nor is one whose name resolves to this machine once it is connected', async () => {
  const { pages, inside: reached } = await open([`http://rebound.example:${inside.port}/`]);
  assert.match(pages[0]['visitor.page'].seen, /in the local network, which was not opened/);
  assert.equal(reached, 0);
});

test('with --allow-local it is followed', async () => {
  const { pages, inside: reached } = await open([LOCAL[0]], '--allow-local');
  assert.equal(pages[0]['visitor.script'].status, 'ok');
  assert.equal(reached, 1);
});

test('a redirect to another place outside is followed', async () => {
  const { pages } = await open(['http://www.shop.example/teas']);
  assert.equal(pages[0]['visitor.script'].status, 'ok');
});

test('a page of the local network may send on within it', async () => {
  const to = encodeURIComponent(`http://localhost:${inside.port}/`);
  const local = `http://127.0.0.1:${site.port}/${to}`;
  const { stdout } = await runNode([program, 'doctor', '--json', '--page', local], { cwd: home });
  const [{ findings }] = JSON.parse(stdout).examined;
  assert.equal(findings.find(({ check }) => check === 'visitor.script').status, 'ok');
});
