// One HTTP request of the doctor: it follows nothing, waits 15 seconds at the most, and reads 1 MB.

import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

const PATIENCE_MS = 15_000;
const LARGEST_BODY = 1 << 20;

/**
 * Never rejects: what goes wrong is `failure`, in the words of `src/doctor/judge/function.mjs`.
 * @param {URL} url
 * @param {{method?: string, headers?: object, body?: string}} [init]
 * @returns {Promise<import('../../doctor/judge/function.mjs').Answer>}
 */
export function request(url, { method = 'GET', headers = {}, body } = {}) {
  const askedAtMs = Date.now();
  return new Promise((resolve) => {
    const options = {
      method,
      // Node.js asks the resolver for names of this machine, which knows only one of them.
      hostname: url.hostname.endsWith('.localhost') ? '127.0.0.1' : plainHost(url.hostname),
      servername: isIP(plainHost(url.hostname)) ? undefined : url.hostname,
      port: url.port || undefined,
      path: url.pathname + url.search,
      headers: { host: url.host, 'accept-encoding': 'identity', ...headers },
      agent: false,
    };
    const { request: send } = url.protocol === 'https:' ? https : http;
    const sent = send(options, (response) => {
      const answeredAtMs = Date.now();
      const chunks = [];
      let length = 0;
      response.on('data', (chunk) => {
        length += chunk.length;
        if (length > LARGEST_BODY) return end({ failure: 'too_large' });
        chunks.push(chunk);
      });
      response.on('error', (error) => end(failureOf(error)));
      response.on('aborted', () => end({ failure: 'closed' }));
      response.on('end', () =>
        end({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          askedAtMs,
          answeredAtMs,
        }),
      );
    });
    const timer = setTimeout(() => end({ failure: 'timeout' }), PATIENCE_MS);
    function end(answer) {
      clearTimeout(timer);
      resolve(answer);
      sent.destroy();
    }
    sent.on('error', (error) => end(failureOf(error)));
    sent.end(body);
  });
}

function plainHost(hostname) {
  return hostname.replace(/^\[|\]$/g, '');
}

const FAILURES = [
  [/^(ENOTFOUND|EAI_)/, 'dns'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(ECONNRESET|EPIPE)$/, 'closed'],
  [/CERT|SSL|TLS|EPROTO|UNABLE_TO_|SELF_SIGNED/, 'tls'],
];

function failureOf({ code = '' }) {
  const known = FAILURES.find(([pattern]) => pattern.test(code));
  return { failure: known ? known[1] : 'network', code };
}
