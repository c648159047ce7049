// What the environment says about the network, and what of it was used: a proxy, certificates.

import { readFileSync } from 'node:fs';

import { check, quote } from '../../../src/doctor/finding.mjs';

const PROXY = check('network.proxy', 'Behind a proxy, nothing outside is reached without it.');
const CERTIFICATES = check(
  'network.certificates',
  'Where a proxy looks into https, its certificate has to be trusted.',
);

/**
 * What is asked about one subject, and how.
 * @param {Record<string, string | undefined>} [environment]
 */
export function createNetwork(environment = process.env) {
  const proxies = new Map();
  let hasTls = false;
  return {
    /** Takes down how an address is asked. */
    note(url, proxy) {
      if (url.protocol === 'https:' || proxy?.url?.protocol === 'https:') hasTls = true;
      if (!proxy) return;
      const finding = judgeProxy(proxy, url);
      proxies.set(finding.seen, finding);
    },
    /** @returns {import('../../../src/doctor/finding.mjs').Finding[]} */
    findings() {
      const file = environment.NODE_EXTRA_CA_CERTS;
      return [...proxies.values(), ...(hasTls && file ? [judgeCertificates(file)] : [])];
    },
  };
}

function judgeProxy({ variable, origin, hasPassword, bypassedBy }, url) {
  if (bypassedBy) {
    return PROXY.ok(`${bypassedBy} names ${url.hostname}: it was asked without ${variable}.`);
  }
  if (origin === undefined) {
    return PROXY.error(
      `${variable} is no address of an http or https proxy.`,
      `Set ${variable} to http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT with what is no ` +
        'letter or digit of the password as %XX; @ is %40, # is %23.',
    );
  }
  const login = hasPassword ? ', with the user name and password that it has' : '';
  return PROXY.ok(`${variable} names the proxy ${origin}, which was used${login}.`);
}

function judgeCertificates(file) {
  const fix =
    'Set it to a file of certificates in PEM format, by its full path: text with BEGIN CERTIFICATE.';
  let text;
  try {
    text = readFileSync(file, 'latin1');
  } catch ({ code }) {
    return CERTIFICATES.error(`NODE_EXTRA_CA_CERTS: ${quote(file)} cannot be read (${code}).`, fix);
  }
  const found = text.match(/^-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----/gm) || [];
  return found.length === 0
    ? CERTIFICATES.error(`NODE_EXTRA_CA_CERTS: ${quote(file)} holds no certificate.`, fix)
    : CERTIFICATES.ok(
        `NODE_EXTRA_CA_CERTS adds the certificates of ${quote(file)} (${found.length}).`,
      );
}
