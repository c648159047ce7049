/**
 * Judges what came in place of an answer where something between this machine and the server may have made
 * it: a proxy, a firewall, an inspection of https. Then nothing is known of the server.
 */

import { isLoopback } from '../address.mjs';
import { quote } from '../finding.mjs';

/** OpenSSL's names for a certificate whose issuer is not known here. */
const UNKNOWN_ISSUER =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE))$/;

const FIREWALL =
  'Open the address in a browser. If it opens there, let the firewall pass this machine, or set ' +
  'HTTPS_PROXY to the proxy of this network.';

/**
 * @param {import('./function.mjs').Answer} answer
 * @param {string} url What was asked.
 * @returns {{seen: string, fix: string} | undefined} Undefined where the failure is the server's.
 */
export function judgeBetween({ failure, code, proxy, isConnected }, url) {
  if (failure === 'proxy') return proxyFailed(proxy, code);
  if (isOnThisMachine(url)) return undefined;
  if (failure === 'tls' && UNKNOWN_ISSUER.test(code)) {
    return {
      seen: withCode('Its certificate comes from an issuer that Node.js does not know.', code),
      fix:
        'If the network inspects https, set NODE_EXTRA_CA_CERTS to a PEM file with its certificate. ' +
        'Otherwise let the server send its intermediate certificates.',
    };
  }
  if (failure === 'refused') {
    return { seen: withCode('The connection was refused.', code), fix: FIREWALL };
  }
  if (failure === 'timeout' && !isConnected) {
    return { seen: withCode('No connection came about in time.', code), fix: FIREWALL };
  }
  if (failure === 'closed' && !isConnected) {
    return { seen: withCode('The connection was cut while it came about.', code), fix: FIREWALL };
  }
  if (failure === 'network') {
    return { seen: withCode('The network did not let the request through.', code), fix: FIREWALL };
  }
  return undefined;
}

/** Between this machine and itself there is nothing. */
export function isOnThisMachine(url) {
  return isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ''));
}

function proxyFailed(proxy, code) {
  const status = /^\d{3}$/.test(code) ? code : undefined;
  if (code === undefined) {
    return {
      seen: `It was not asked: ${proxy} names no proxy that can be used.`,
      fix: `Set ${proxy} as network.proxy says.`,
    };
  }
  const seen = status
    ? `The proxy ${quote(proxy)} refused with status ${status}.`
    : withCode(`The proxy ${quote(proxy)} gave no answer.`, code);
  const fixes = {
    407: 'It wants a login: put user name and password into the variable, http://USER:PASSWORD@HOST:PORT.',
    403: 'Let the proxy pass this host; or name it in NO_PROXY, if it is reached without the proxy.',
  };
  if (status) {
    const other = 'Compare the host name with what a browser opens, and ask who runs the proxy.';
    return { seen, fix: fixes[status] || other };
  }
  return {
    seen,
    fix: 'Compare host and port of the proxy in the variable with those of a browser.',
  };
}

/**
 * Statuses with which firewalls of sites and proxies of networks refuse programs: a sign-in, a rule, a
 * header that is missing, too many requests, a challenge.
 */
const REFUSALS = [401, 403, 406, 407, 429, 451, 503, 999];

/** Whether a firewall may have given this answer, and no server. */
export function mayBeFirewall(status) {
  return REFUSALS.includes(status);
}

/** A text with the name of an error, if it is one. */
export function withCode(seen, code) {
  return /^[A-Z][A-Z0-9_]{2,50}$/.test(code || '') ? seen.replace(/\.$/, ` (${code}).`) : seen;
}
