/**
 * Keeps `twilio-run` on this machine and under the sandbox: preloaded (NODE_OPTIONS=--require) into
 * it and into the process that it forks for each request.
 *
 * - It listens on 127.0.0.1 only, and says on standard output on which port.
 * - Its requests to Twilio's IAM go to the stand-in at SANDBOX_IAM; no other https request is made.
 * - It ends when the sandbox does, however that ended.
 */

'use strict';

const http = require('node:http');
const https = require('node:https');
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  const listening = rest.find((argument) => typeof argument === 'function');
  this.once('listening', () => process.stdout.write(`listening on ${this.address().port}\n`));
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, listening);
};

https.request = function requestIam(options, answered) {
  if (!/^iam(\.[a-z0-9]+)?\.twilio\.com$/.test(options.hostname)) {
    throw new Error('In the sandbox the Function reaches Twilio IAM and nothing else.');
  }
  const iam = new URL(process.env.SANDBOX_IAM);
  return http.request(
    {
      method: options.method,
      headers: { ...options.headers, Host: options.hostname },
      hostname: iam.hostname,
      port: iam.port,
      path: iam.pathname + options.path,
    },
    answered,
  );
};
https.get = https.request;

if (process.send) {
  process.once('disconnect', () => process.exit());
} else {
  process.stdin.once('end', () => process.exit()).resume();
}
