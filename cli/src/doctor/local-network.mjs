// Which addresses are of this machine or of the network around it: no site's redirect may lead a
// program there that runs inside that network.
//
// Source: IANA's registries of special-purpose addresses and special-use domain names, what is not globally
// reachable.

import dns from 'node:dns';
import { BlockList, isIP } from 'node:net';

import { bare } from './proxy.mjs';

const IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const IPV6 = ['::/96', '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'];
/** Prefixes before an IPv4 address: of its translation (NAT64), and of 6to4. */
const TRANSLATED = 96;

const LOCAL = new BlockList();
for (const range of IPV4) {
  const [net, bits] = range.split('/');
  // This covers `::ffff:10.0.0.1` too.
  LOCAL.addSubnet(net, Number(bits), 'ipv4');
  LOCAL.addSubnet(`64:ff9b::${net}`, TRANSLATED + Number(bits), 'ipv6');
  const [a, b, c, d] = net.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'));
  LOCAL.addSubnet(`2002:${a}${b}:${c}${d}::`, 16 + Number(bits), 'ipv6');
}
for (const range of IPV6) {
  const [net, bits] = range.split('/');
  LOCAL.addSubnet(net, Number(bits), 'ipv6');
}

/** Names that only a local network knows: those without a dot, and those reserved for it. */
const LOCAL_NAME = /^[^.]+$|\.(localhost|local|internal|home\.arpa)$/;

/** @param {string} address An IP address. */
export function isLocalAddress(address) {
  return LOCAL.check(address.replace(/%.*$/, ''), `ipv${isIP(address)}`);
}

/**
 * Whether an address leads into the local network, by its host or by what its name resolves to. A name that
 * is not known here is not local: a proxy may know it.
 * @param {URL} url
 */
export async function isLocal({ hostname }) {
  const host = bare(hostname).replace(/\.$/, '');
  if (isIP(host)) return isLocalAddress(host);
  if (LOCAL_NAME.test(host)) return true;
  return new Promise((resolve) => {
    dns.lookup(host, { all: true }, (error, found) => {
      resolve(!error && found.some(({ address }) => isLocalAddress(address)));
    });
  });
}

/**
 * `dns.lookup` without the local network, for a connection: between a look at a name and its use a
 * server can answer otherwise.
 */
export function publicLookup(hostname, options, callback) {
  dns.lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error);
    if (found.some(({ address }) => isLocalAddress(address))) {
      return callback(Object.assign(new Error('local'), { code: 'ELOCAL' }));
    }
    return options.all ? callback(null, found) : callback(null, found[0].address, found[0].family);
  });
}
