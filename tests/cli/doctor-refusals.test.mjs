/** `npx flex-glance-cli doctor`: what a firewall may have refused, and pages that do not end. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { request } from '../../cli/src/doctor/request.mjs';
import { judgeFunction } from '../../src/doctor/judge/function.mjs';
import { judgePage } from '../../src/doctor/judge/page.mjs';
import { runNode, unpackPackage } from './package.mjs';
import { TAG, pageWithTag, serve } from './servers.mjs';

const { home, program, remove } = unpackPackage();
const servers = [];
after(() => {
  for (const server of servers) server.close();
  remove();
});

async function start(answer) {
  const server = await serve(answer);
  servers.push(server);
  return { ...server, url: `http://127.0.0.1:${server.port}/` };
}

async function openPage(url) {
  const args = [program, 'doctor', '--json', '--page', url];
  const { stdout, status } = await runNode(args, { cwd: home });
  const [{ findings }] = JSON.parse(stdout).examined;
  return { status, findings, of: (name) => findings.find(({ check }) => check === name) };
}

test('a site that refuses programs without a User-Agent is judged', async () => {
  const { asked, url } = await start((request, response) => {
    if (request.headers['user-agent']) return pageWithTag(request, response);
    response.writeHead(403).end();
  });
  const { of } = await openPage(url);
  assert.equal(of('visitor.script').status, 'ok');
  assert.match(asked[0].headers['user-agent'], /^flex-glance-doctor\/\d+\.\d+\.\d+/);
});

for (const status of [401, 403, 406, 429, 451, 503]) {
  test(`a page that answers ${status} may have been refused by a firewall`, async () => {
    const { url } = await start((_, response) => response.writeHead(status).end('No.'));
    const { of, ...told } = await openPage(url);
    assert.equal(told.status, 0);
    assert.equal(of('visitor.page').status, 'unknown');
    assert.match(of('visitor.page').seen, new RegExp(`status ${status}: a firewall may`));
    assert.match(of('visitor.page').fix, /console: document\.querySelector/);
  });
}

for (const status of [404, 410, 500]) {
  test(`a page that answers ${status} is an error`, async () => {
    const { url } = await start((_, response) => response.writeHead(status).end('No.'));
    const { of, ...told } = await openPage(url);
    assert.deepEqual([told.status, of('visitor.page').status], [1, 'error']);
  });
}

const URL_OF_PAGE = 'https://shop.example/teas';
const QUESTION = { url: 'https://x.twil.io/getloginkey', origin: 'https://flex.twilio.com' };

for (const [failure, more, ofPage, ofFunction] of [
  ['dns', { code: 'ENOTFOUND' }, 'error', 'error'],
  ['refused', { code: 'ECONNREFUSED' }, 'unknown', 'unknown'],
  ['network', { code: 'EHOSTUNREACH' }, 'unknown', 'unknown'],
  ['timeout', { code: 'ETIMEDOUT' }, 'unknown', 'unknown'],
  ['timeout', { code: 'ETIMEDOUT', isConnected: true }, 'unknown', 'error'],
  ['closed', { code: 'ECONNRESET' }, 'unknown', 'unknown'],
  ['closed', { code: 'ECONNRESET', isConnected: true }, 'unknown', 'error'],
  ['tls', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'unknown', 'unknown'],
  ['tls', { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, 'unknown', 'unknown'],
  ['tls', { code: 'CERT_HAS_EXPIRED' }, 'error', 'error'],
  ['tls', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'error', 'error'],
]) {
  const when = more.isConnected ? ' after the connection stood' : '';
  test(`${more.code}${when}: a page is ${ofPage}, a Function ${ofFunction}`, () => {
    const answer = { failure, ...more };
    const [page] = judgePage({ ...answer, url: URL_OF_PAGE }, {});
    const [reachable] = judgeFunction(answer, { ...QUESTION, token: 'made-up' });
    assert.deepEqual([page.status, reachable.status], [ofPage, ofFunction]);
    for (const { seen, fix } of [page, reachable]) {
      assert.ok(fix);
      assert.ok(seen.includes(more.code), seen);
    }
  });
}

test('nothing is between the doctor and its own machine', () => {
  for (const failure of ['refused', 'network', 'timeout', 'closed']) {
    const [page] = judgePage({ failure, url: 'http://localhost:3000/' }, {});
    const url = 'http://[::1]:3000/getloginkey';
    const [reachable] = judgeFunction({ failure }, { ...QUESTION, url, token: 'made-up' });
    assert.deepEqual([page.status, reachable.status], ['error', 'error'], failure);
  }
});

test('what stops the browser of an agent is an error', () => {
  const question = { ...QUESTION, token: 'flex', inBrowser: true };
  for (const answer of [{ failure: 'network' }, { status: 403, body: '', headers: {} }]) {
    assert.equal(judgeFunction(answer, question).at(-1).status, 'error');
  }
});

test('a page that never ends is judged by its first megabyte', async () => {
  const { url } = await start((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write(`<!doctype html>${TAG}`);
    const more = () => !response.destroyed && response.write('x'.repeat(1 << 16), more);
    more();
  });
  const { findings, of, status } = await openPage(url);
  assert.equal(status, 0);
  assert.equal(of('visitor.script').status, 'ok');
  assert.match(of('visitor.page').seen, /not all of it came/);
  assert.ok(findings.every((finding) => finding.status === 'ok'));
});

test('a page that stands still is judged by what came of it', async () => {
  for (const [html, status] of [
    [TAG, 'ok'],
    ['<p>Teas', 'unknown'],
  ]) {
    const { url } = await start((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write(`<!doctype html>${html}`);
    });
    const answer = await request(new URL(url), { patienceMs: 300 });
    assert.equal(answer.failure, 'timeout');
    const findings = judgePage({ ...answer, url }, {});
    assert.equal(findings.find(({ check }) => check === 'visitor.script').status, status);
  }
});

test('a server that hangs up in the middle of its headers is told', async () => {
  const { url } = await start((_, response) => response.socket.end('HTTP/1.1 200 OK\r\nA: '));
  const { of, status } = await openPage(url);
  assert.deepEqual([status, of('visitor.page').status], [1, 'error']);
});
