/** `npx flex-glance-cli doctor` behind a proxy, and one that inspects https. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, test } from 'node:test';

import { certificates } from './certificates.mjs';
import { runNode, unpackPackage } from './package.mjs';
import { pageWithTag, proxy, serve } from './servers.mjs';

const { home, program, remove } = unpackPackage();
const tls = certificates(home, ['shop.example', 'functions.example', 'localhost']);
const site = await serve(pageWithTag);
const secureSite = await serve(pageWithTag, tls);
const functionReply = { error: { code: 'token_refused', problem: 'refused', message: '' } };
const functions = await serve((request, response) => {
  response.writeHead(403, { 'content-type': 'application/json', ...CORS });
  request.resume().on('end', () => response.end(JSON.stringify(functionReply)));
}, tls);
const CORS = { 'access-control-allow-origin': 'https://flex.twilio.com' };
const HOSTS = { 'shop.example': secureSite.port, 'functions.example': functions.port };
const servers = [site, secureSite, functions];
after(() => {
  for (const server of servers) server.close();
  remove();
});

async function start(how) {
  const server = await proxy({ hosts: HOSTS, ...how });
  servers.push(server);
  return server;
}

/** Runs the doctor with these variables; its findings beside what else it told. */
async function doctor(env, ...args) {
  const options = { cwd: home, env };
  const { stdout, stderr, status } = await runNode([program, 'doctor', '--json', ...args], options);
  const findings = JSON.parse(stdout).examined.flatMap((one) => one.findings);
  return { findings, status, everything: stdout + stderr };
}

const PAGE = ['--page', 'https://shop.example/teas'];
const find = (findings, name) => findings.find(({ check }) => check === name);
const withCa = { NODE_EXTRA_CA_CERTS: tls.ca };

for (const variable of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
  test(`an https page that only the proxy of ${variable} reaches is judged`, async () => {
    const { asked, port } = await start();
    const env = { [variable]: `http://127.0.0.1:${port}`, ...withCa };
    const { findings, status } = await doctor(env, ...PAGE);
    assert.equal(status, 0);
    assert.deepEqual(asked, ['CONNECT shop.example:443']);
    assert.equal(find(findings, 'visitor.script').status, 'ok');
    const told = find(findings, 'network.proxy');
    assert.equal(told.status, 'ok');
    assert.equal(
      told.seen,
      `${variable} names the proxy http://127.0.0.1:${port}, which was used.`,
    );
    const trusted = find(findings, 'network.certificates');
    assert.match(trusted.seen, /NODE_EXTRA_CA_CERTS adds the certificates of ".*ca\.pem" \(1\)/);
  });
}

test('the Function is asked through the proxy', async () => {
  const { asked, port } = await start();
  const env = { HTTPS_PROXY: `http://127.0.0.1:${port}`, ...withCa };
  const url = 'https://functions.example/getloginkey';
  const { findings, status } = await doctor(env, '--function', url);
  assert.equal(status, 0);
  assert.deepEqual(asked, ['CONNECT functions.example:443']);
  assert.equal(find(findings, 'function.token').status, 'ok');
});

test('a proxy without a scheme is an http proxy', async () => {
  const { port } = await start();
  const env = { HTTPS_PROXY: `127.0.0.1:${port}`, ...withCa };
  const { findings } = await doctor(env, ...PAGE);
  assert.equal(find(findings, 'visitor.script').status, 'ok');
});

test('a proxy may be asked by https itself', async () => {
  const { asked, port } = await start({ tls });
  const env = { HTTPS_PROXY: `https://localhost:${port}`, ...withCa };
  const { findings } = await doctor(env, ...PAGE);
  assert.equal(find(findings, 'visitor.script').status, 'ok');
  assert.equal(asked.length, 1);
});

test('an http page is asked of the proxy of HTTP_PROXY, and of no other', async () => {
  const { asked, port } = await start({ hosts: { 'shop.example': site.port } });
  const env = { http_proxy: `http://127.0.0.1:${port}`, HTTPS_PROXY: 'http://127.0.0.1:1' };
  const { findings } = await doctor(env, '--page', 'http://shop.example/teas');
  assert.deepEqual(asked, ['GET http://shop.example/teas']);
  assert.equal(find(findings, 'visitor.script').status, 'ok');
  assert.match(find(findings, 'network.proxy').seen, /^http_proxy names/);
});

for (const [what, login, written] of [
  ['plain', 'maria:s3cret-word', 'maria:s3cret-word'],
  ['escaped', 'maria:s3cret@wörd', 'maria:s3cret%40w%C3%B6rd'],
  ['with a domain', 'CORP\\maria:s3cret', 'CORP\\maria:s3cret'],
  ['with a percent sign', 'maria:100%s3cret', 'maria:100%s3cret'],
]) {
  test(`a login that is ${what} reaches the proxy and is never printed`, async () => {
    for (const [scheme, host] of [
      ['http', site],
      ['https', secureSite],
    ]) {
      const { logins, port } = await start({ login, hosts: { 'shop.example': host.port } });
      const url = `http://${written}@127.0.0.1:${port}`;
      const env = { [`${scheme.toUpperCase()}_PROXY`]: url, DEBUG: '*', ...withCa };
      const { findings, everything } = await doctor(env, '--page', `${scheme}://shop.example/`);
      assert.deepEqual(logins, [login]);
      assert.equal(find(findings, 'visitor.script').status, 'ok');
      assert.match(find(findings, 'network.proxy').seen, /with the user name and password/);
      assert.doesNotMatch(everything, /s3cret|maria|Basic|[A-Za-z0-9+/]{16}=/);
    }
  });
}

for (const [scheme, host] of [
  ['http', site],
  ['https', secureSite],
]) {
  test(`a proxy that wants a login for ${scheme} leaves the page unknown`, async () => {
    const { port } = await start({ login: 'a:b', hosts: { 'shop.example': host.port } });
    const env = { [`${scheme}_proxy`]: `http://x:s3cret@127.0.0.1:${port}`, ...withCa };
    const { findings, status, everything } = await doctor(
      env,
      '--page',
      `${scheme}://shop.example/`,
    );
    const page = find(findings, 'visitor.page');
    assert.deepEqual([status, page.status], [0, 'unknown']);
    assert.match(page.seen, /The proxy ".*" refused with status 407/);
    assert.match(page.fix, /USER:PASSWORD@HOST/);
    assert.doesNotMatch(everything, /s3cret/);
  });
}

for (const status of [403, 502, 503]) {
  test(`a proxy that answers ${status} leaves Function and page unknown`, async () => {
    const { port } = await start({ status });
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const url = 'https://functions.example/getloginkey';
    const { findings, ...told } = await doctor(env, ...PAGE, '--function', url);
    assert.equal(told.status, 0);
    for (const name of ['visitor.page', 'function.reachable']) {
      const finding = find(findings, name);
      assert.equal(finding.status, 'unknown');
      assert.match(finding.seen, new RegExp(`The proxy .*refused with status ${status}`));
    }
  });
}

test('a proxy that is not there leaves the page unknown, and is named', async () => {
  const { port, close } = await start();
  close();
  const { findings } = await doctor({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, ...PAGE);
  const page = find(findings, 'visitor.page');
  assert.equal(page.status, 'unknown');
  assert.match(page.seen, /The proxy ".*HTTPS_PROXY.*" gave no answer \(ECONNREFUSED\)/);
});

for (const value of [
  'socks5://127.0.0.1:1',
  'http://maria:s3#cret@127.0.0.1:1',
  'http://',
  'http://maria:s3%ffcret@127.0.0.1:1',
]) {
  test(`${value} is told to be no proxy, without its password, and nothing is asked`, async () => {
    const { findings, status, everything } = await doctor({ HTTPS_PROXY: value }, ...PAGE);
    assert.equal(status, 1);
    assert.equal(find(findings, 'network.proxy').status, 'error');
    assert.equal(find(findings, 'visitor.page').status, 'unknown');
    assert.doesNotMatch(everything, /maria|cret@|s3/);
  });
}

test('what NO_PROXY names is asked without the proxy, and that is told', async () => {
  const { asked, port } = await start();
  const preload = path.join(home, 'names.cjs');
  const lookup =
    "(host, options, back) => options.all ? back(null, [{ address: '127.0.0.1', family: 4 }]) : back(null, '127.0.0.1', 4)";
  writeFileSync(preload, `require('node:dns').lookup = ${lookup};`);
  const env = { http_proxy: `http://127.0.0.1:${port}`, NO_PROXY: 'other.example, .shop.example' };
  const args = ['--require', preload, program, 'doctor', '--json'];
  const url = `http://www.shop.example:${site.port}/`;
  const { stdout } = await runNode([...args, '--page', url], { cwd: home, env });
  const [{ findings }] = JSON.parse(stdout).examined;
  assert.deepEqual(asked, []);
  assert.equal(find(findings, 'visitor.script').status, 'ok');
  assert.equal(
    find(findings, 'network.proxy').seen,
    'NO_PROXY names www.shop.example: it was asked without http_proxy.',
  );
});

test('this machine is asked without a proxy', async () => {
  const { asked, port } = await start();
  const env = { HTTP_PROXY: `http://127.0.0.1:${port}` };
  const { findings } = await doctor(env, '--page', `http://127.0.0.1:${site.port}/`);
  assert.deepEqual(asked, []);
  assert.equal(find(findings, 'visitor.script').status, 'ok');
  assert.equal(find(findings, 'network.proxy'), undefined);
});

test('a certificate of a private CA is unknown, and the fix names NODE_EXTRA_CA_CERTS', async () => {
  const { port } = await start();
  const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
  const url = 'https://functions.example/getloginkey';
  const { findings, status } = await doctor(env, ...PAGE, '--function', url);
  assert.equal(status, 0);
  for (const name of ['visitor.page', 'function.reachable']) {
    const finding = find(findings, name);
    assert.equal(finding.status, 'unknown');
    assert.match(finding.seen, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
    assert.match(finding.fix, /NODE_EXTRA_CA_CERTS/);
  }
});

test('a file of NODE_EXTRA_CA_CERTS that is none is told', async () => {
  const { port } = await start();
  writeFileSync(path.join(home, 'empty.pem'), 'no certificate');
  for (const [file, seen] of [
    ['empty.pem', /"empty\.pem" holds no certificate/],
    ['missing.pem', /"missing\.pem" cannot be read \(ENOENT\)/],
  ]) {
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: file };
    const { findings } = await doctor(env, ...PAGE);
    const told = find(findings, 'network.certificates');
    assert.equal(told.status, 'error');
    assert.match(told.seen, seen);
  }
});

test('a proxy that never answers is given up, and its connection closed', async () => {
  const { request } = await import('../../cli/src/doctor/request.mjs');
  let closed;
  const server = net.createServer((socket) => {
    socket.on('error', () => {}).resume();
    closed = new Promise((resolve) => socket.on('close', resolve));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.https_proxy = `http://127.0.0.1:${server.address().port}`;
  const answer = await request(new URL('https://shop.example/'), { patienceMs: 200 });
  delete process.env.https_proxy;
  assert.deepEqual([answer.failure, answer.code], ['proxy', 'ETIMEDOUT']);
  await closed;
  server.close();
});
