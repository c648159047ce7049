/**
 * Leads a Node program to the sandbox's Twilio, unchanged: preloaded by
 * `NODE_OPTIONS=--require …/sandbox/account/loopback.cjs` with the desktop's origin in SANDBOX_TWILIO.
 *
 * - What it asks of `*.twilio.com` and `*.twil.io`, by `https` or by the global `fetch`, goes to
 *   `<SANDBOX_TWILIO>/twilio/<host>/<path>`.
 * - It connects to no address but loopback.
 */

'use strict';

const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const sandbox = new URL(process.env.SANDBOX_TWILIO);
const isTwilio = (host) => /(^|\.)(twilio\.com|twil\.io)$/.test(host);
const isLoopback = (host) => /^(127(\.\d+){3}|(.*\.)?localhost|::1)$/.test(host);

/** What `request(url?, options?, answered?)` was called with, as options. */
function given(url, options, answered) {
  if (typeof url !== 'string' && !(url instanceof URL)) return [url, options];
  const { hostname, port, pathname, search, username, password } = new URL(url);
  const auth = username && `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const own = { hostname, port, path: pathname + search, ...(auth && { auth }) };
  return typeof options === 'function' ? [own, options] : [{ ...own, ...options }, answered];
}

const { request } = https;
https.request = function requestSandbox(...args) {
  const [options, answered] = given(...args);
  const host = String(options.hostname ?? options.host).replace(/:\d+$/, '');
  if (!isTwilio(host)) return request.apply(this, args);
  // What belongs to TLS and to the way through a proxy stays behind.
  const { method, headers, auth, path = '/', timeout, signal, agent } = options;
  return http.request(
    {
      method,
      headers: { ...headers, Host: sandbox.host },
      auth,
      timeout,
      signal,
      // Who wants a connection for itself has one.
      agent: agent === false ? false : undefined,
      hostname: sandbox.hostname,
      port: sandbox.port,
      path: `/twilio/${host}${path}`,
    },
    answered,
  );
};
https.get = function getSandbox(...args) {
  return https.request(...args).end();
};

const { fetch } = globalThis;
globalThis.fetch = function fetchSandbox(input, options) {
  const address = new URL(input instanceof Request ? input.url : input);
  if (!isTwilio(address.hostname)) return fetch(input, options);
  const local = new URL(`/twilio/${address.hostname}${address.pathname}${address.search}`, sandbox);
  return input instanceof Request
    ? fetch(new Request(local, input), options)
    : fetch(local, options);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectLoopback(...args) {
  // Node itself calls with its arguments in a list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const { host = 'localhost', path } =
    typeof first === 'object' ? first : { host: typeof second === 'string' ? second : undefined };
  if (!path && !isLoopback(host ?? 'localhost')) {
    throw new Error(`In the sandbox nothing connects to ${host}.`);
  }
  return connect.apply(this, args);
};

syncBuiltinESMExports();
