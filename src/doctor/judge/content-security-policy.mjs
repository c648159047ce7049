/**
 * Judges whether a page's content security policy lets Glance in.
 *
 * Source: Glance's page on CSP headers for visitor sites: its scripts, styles and images, and
 * connections over https and wss to its session servers. Which hosts those are is not public, except
 * for the script server and the presence server; other hosts are warned of only.
 */

import { originOf } from '../address.mjs';
import { blockedBy, isStrict, parsePolicies } from '../content-security-policy.mjs';
import { serversOf } from '../environment.mjs';
import { check } from '../finding.mjs';
import { scriptTags } from '../script-tag.mjs';

const SCRIPT = check(
  'visitor.csp.script',
  "The page's policy decides whether the script is loaded.",
);
const CONNECT = check(
  'visitor.csp.connect',
  "The page's policy decides whether the script can connect to Glance.",
);
const LOOKS = check(
  'visitor.csp.looks',
  "The page's policy decides whether Glance's buttons and terms look as they should.",
);

/**
 * @param {{tags: import('../html.mjs').Element[], url: string, header?: string}} page
 * @param {{environment?: unknown, hosts?: unknown}} settings
 * @returns {import('../finding.mjs').Finding[]} None for a page without policy, or without the script.
 */
export function judgePolicies({ tags, url, header = '' }, settings) {
  const metas = tags.filter(
    ({ name, attributes }) =>
      name === 'meta' && /^content-security-policy$/i.test(attributes.get('http-equiv') || ''),
  );
  const policies = [header, ...metas.map(({ attributes }) => attributes.get('content') || '')]
    .map(parsePolicies)
    .reduce((all, some) => all.concat(some), []);
  const [found] = scriptTags(tags, url);
  if (policies.length === 0 || !found || !found.src) return [];

  const nonce = found.tag.attributes.get('nonce');
  const servers = serversOf(settings);
  const given = (name) => originOf(found.tag.attributes.get(name) || '');
  const presence = given('data-presenceserver') || servers.presence;
  const web = given('data-ws') || servers.web;
  const blocked = (use, address) => {
    const names = policies.map((policy) => blockedBy(policy, use, address, { page: url, nonce }));
    return names.find((name) => name !== undefined);
  };
  return [
    judgeScript(found.src, blocked, policies),
    judgeConnections(presence, web, blocked),
    judgeLooks(found.src.origin, blocked),
  ];
}

function judgeScript(src, blocked, policies) {
  const directive = blocked('script-src-elem', src.href);
  if (!directive) return SCRIPT.ok(`It lets the script of ${src.origin} in.`);
  return SCRIPT.error(
    `${directive} keeps out the script of ${src.origin}.`,
    policies.some(isStrict)
      ? "Give Glance's script tag the nonce of the page, as the other scripts have it."
      : add(directive, [src.origin]),
  );
}

function judgeConnections(presence, web, blocked) {
  const closed = (origin) =>
    [origin, socketOf(origin)].filter((address) => blocked('connect-src', address));
  const name = (address) => blocked('connect-src', address);
  const needed = presence === undefined ? [] : closed(presence);
  if (needed.length > 0) {
    return CONNECT.error(
      `${name(needed[0])} keeps the page from ${needed.join(' and ')}.`,
      add(name(needed[0]), wider(needed)),
    );
  }
  const likely = closed(web);
  if (likely.length > 0) {
    return CONNECT.warning(
      `${name(likely[0])} keeps the page from ${likely.join(' and ')}. Which session servers there ` +
        'are is not public.',
      add(name(likely[0]), wider(likely)),
    );
  }
  return CONNECT.ok('It lets connections to Glance through.');
}

function judgeLooks(origin, blocked) {
  const closed = ['style-src-elem', 'img-src'].map((use) => blocked(use, `${origin}/`));
  const names = closed.filter((name, at) => name !== undefined && closed.indexOf(name) === at);
  if (names.length === 0) return LOOKS.ok('It lets styles and images of Glance in.');
  return LOOKS.warning(
    `Styles or images of ${origin} are kept out by ${names.join(' and ')}.`,
    `${names.map((name) => add(name, [origin])).join('; ')}.`,
  );
}

function add(directive, sources) {
  const said = sources.join(' ');
  return directive === 'default-src'
    ? `Add ${said} to default-src of the policy, or give it a directive of its own.`
    : `Add to ${directive} of the policy: ${said}`;
}

/** Glance has named servers by the dozen, so all of glance.net has to be let in. */
function wider(addresses) {
  return addresses.map((address) => address.replace(/\/\/[^./]+(\.(my)?glance\.net)$/, '//*$1'));
}

function socketOf(origin) {
  return origin.replace(/^http/, 'ws');
}
