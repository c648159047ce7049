/** Servers on 127.0.0.1: sites, and a proxy that knows names that no resolver knows. */

import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

export const TAG =
  '<script id="glance-cobrowse" charset="UTF-8" ' +
  'src="https://www.glancecdn.net/cobrowse/CobrowseJS.ashx?group=20541&amp;site=production" ' +
  'data-groupid="20541" data-site="production" data-presence="api"></script>';

/** Answers with a page that has the tag. */
export function pageWithTag(request, response) {
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><title>Teas</title>${TAG}`);
}

/**
 * @param {http.RequestListener} answer
 * @param {{key: Buffer, cert: Buffer}} [tls]
 * @returns {Promise<{port: number, asked: http.IncomingMessage[], close: () => void}>}
 */
export async function serve(answer, tls) {
  const asked = [];
  const listener = (request, response) => {
    asked.push(request);
    answer(request, response);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  return { asked, ...(await listening(server)) };
}

/**
 * @param {object} how
 * @param {Record<string, number>} how.hosts The port on 127.0.0.1 of each host that it knows.
 * @param {string} [how.login] `user:password`, without which it answers 407.
 * @param {number} [how.status] What it answers to everything.
 * @param {{key: Buffer, cert: Buffer}} [how.tls] For a proxy that is asked by https.
 * @returns {Promise<{port: number, asked: string[], logins: string[], close: () => void}>} `asked`: the
 *   method and the target of each request, `logins` the login of each.
 */
export async function proxy({ hosts, login, status, tls }) {
  const asked = [];
  const logins = [];
  const refusal = (request) => {
    asked.push(`${request.method} ${request.url}`);
    const [, encoded = ''] = (request.headers['proxy-authorization'] || '').split(' ');
    logins.push(Buffer.from(encoded, 'base64').toString());
    return login && logins.at(-1) !== login ? 407 : status;
  };
  const forward = (request, response) => {
    const refused = refusal(request);
    const { hostname, pathname } = new URL(request.url);
    if (refused || !(hostname in hosts)) return response.writeHead(refused || 502).end();
    const to = { host: '127.0.0.1', port: hosts[hostname], path: pathname };
    http.get({ ...to, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  };
  const server = tls ? https.createServer(tls, forward) : http.createServer(forward);
  server.on('connect', (request, socket) => {
    const refused = refusal(request);
    const [host] = request.url.split(':');
    socket.on('error', () => {});
    if (refused || !(host in hosts)) return socket.end(`HTTP/1.1 ${refused || 502} No\r\n\r\n`);
    const there = net.connect(hosts[host], '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      there.pipe(socket).pipe(there);
    });
    there.on('error', () => {});
  });
  return { asked, logins, ...(await listening(server)) };
}

async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  return {
    port: server.address().port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
