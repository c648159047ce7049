// One HTTP request: it follows nothing, and waits 15 seconds and reads 1 MB at the most, unless it is told otherwise.

import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';

import manifest from '../../package.json' with { type: 'json' };
import { bare, proxyOf } from './proxy.mjs';

const PATIENCE_MS = 15_000;
const LARGEST_BODY = 1 << 20;

/** With which a proxy tells of itself, where its answers are not told from the server's. */
const PROXY_STATUSES = [407, 502, 504];

/**
 * Never rejects: what goes wrong is `failure`, in the words of `src/doctor/judge/function.mjs`. With it
 * comes what there is of an answer.
 * @param {URL} url
 * @param {object} [init]
 * @param {string} [init.method]
 * @param {object} [init.headers]
 * @param {string | Buffer} [init.body]
 * @param {ReturnType<typeof import('./network.mjs').createNetwork>} [init.network] What takes down how it
 *   was asked.
 * @param {typeof import('node:dns').lookup} [init.lookup] In place of the system's.
 * @param {number} [init.patienceMs] How long it waits.
 * @param {number} [init.largestBody] How many bytes it reads.
 * @returns {Promise<import('../../../src/doctor/judge/function.mjs').Answer>}
 */
export function request(url, init = {}) {
  const { method = 'GET', headers = {}, body, network, lookup } = init;
  const { patienceMs = PATIENCE_MS, largestBody = LARGEST_BODY } = init;
  const proxy = proxyOf(url);
  network?.note(url, proxy);
  const isProxied = proxy !== undefined && !proxy.bypassedBy;
  if (isProxied && !proxy.url) return Promise.resolve({ failure: 'proxy', proxy: proxy.variable });

  const askedAtMs = Date.now();
  return new Promise((resolve) => {
    const host = bare(url.hostname);
    // A connection to a proxy is not the request's own to end.
    const aborter = new AbortController();
    const options = {
      method,
      protocol: url.protocol,
      // Node.js asks the resolver for names of this machine, which knows only one of them.
      hostname: host.endsWith('.localhost') ? '127.0.0.1' : host,
      servername: isIP(host) ? undefined : host,
      port: url.port || undefined,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        'user-agent': `flex-glance-doctor/${manifest.version}`,
        'accept-encoding': 'identity',
        ...headers,
      },
      agent: isProxied ? agentOf(url, proxy, aborter.signal) : false,
      lookup,
    };
    const progress = { passedProxy: !isProxied };
    const chunks = [];
    const answered = () => ({ ...progress.head, body: Buffer.concat(chunks).toString('utf8') });

    const { request: send } = url.protocol === 'https:' ? https : http;
    const sent = send(options, (response) => {
      const { statusCode: status, headers: received } = response;
      const isProxys = isProxied && url.protocol === 'http:' && PROXY_STATUSES.includes(status);
      if (isProxys || progress.proxyStatus) return end(proxyFailure(proxy, String(status)));
      progress.head = { status, headers: received, askedAtMs, answeredAtMs: Date.now() };
      let length = 0;
      response.on('data', (chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > largestBody) end({ ...answered(), failure: 'too_large' });
      });
      response.on('error', fail);
      response.on('aborted', () => fail({ code: 'ECONNRESET' }));
      response.on('end', () => end(answered()));
    });
    const timer = setTimeout(() => fail({ code: 'ETIMEDOUT' }), patienceMs);
    sent.on('proxyConnect', ({ statusCode = 200 }) => {
      progress.passedProxy = true;
      // The agent hands the proxy's refusal on, as if it were the answer.
      if (statusCode !== 200) progress.proxyStatus = statusCode;
    });
    sent.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        progress.isConnected = progress.passedProxy;
      });
    });
    sent.on('error', fail);
    sent.end(body);

    function fail(error) {
      if (!progress.passedProxy) return end(proxyFailure(proxy, error.code));
      const isConnected = progress.isConnected === true;
      end({ ...(progress.head && answered()), ...failureOf(error), isConnected });
    }
    function end(answer) {
      clearTimeout(timer);
      resolve(answer);
      sent.destroy();
      aborter.abort();
    }
  });
}

function agentOf(url, proxy, signal) {
  const Agent = url.protocol === 'https:' ? HttpsProxyAgent : HttpProxyAgent;
  return new Agent(proxy.url, { signal });
}

function proxyFailure({ variable, origin }, code) {
  return { failure: 'proxy', code, proxy: `${origin} (${variable})` };
}

const FAILURES = [
  [/^(ENOTFOUND|EAI_)/, 'dns'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(ECONNRESET|EPIPE)$/, 'closed'],
  [/^ELOCAL$/, 'local'],
  [/CERT|SSL|TLS|EPROTO|UNABLE_TO_|SELF_SIGNED/, 'tls'],
];

function failureOf({ code = '' }) {
  const known = FAILURES.find(([pattern]) => pattern.test(code));
  return { failure: known ? known[1] : 'network', code };
}
