/** A private CA, as a network has one whose proxy inspects https, and a server's certificate of it. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * @param {string} folder Where the files are written.
 * @param {string[]} names Host names of the server.
 * @returns {{ca: string, key: Buffer, cert: Buffer}} `ca` is the file of the CA's certificate.
 */
export function certificates(folder, names) {
  const file = (name) => path.join(folder, name);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  const request = (name) => ['-keyout', file(`${name}.key`), '-subj', `/CN=${name}`];
  const days = ['-days', '2'];
  openssl('req', '-x509', ...NEW_KEY, ...request('ca'), '-out', file('ca.pem'), ...days);
  openssl('req', ...NEW_KEY, ...request('server'), '-out', file('server.csr'));
  writeFileSync(file('names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`);
  const signer = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
  const signed = ['-in', file('server.csr'), '-out', file('server.pem'), '-extfile', file('names')];
  openssl('x509', '-req', ...signer, ...signed, ...days);
  return {
    ca: file('ca.pem'),
    key: readFileSync(file('server.key')),
    cert: readFileSync(file('server.pem')),
  };
}
