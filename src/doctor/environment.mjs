/**
 * Glance's servers by environment. `src/core/environment.rs` tells the source of each. They are those
 * of `vectors/hosts.json`, as a test sees to: the command line runs on a Node.js that imports no JSON.
 */

import { originOf } from './address.mjs';
import { trim } from './white-space.mjs';

export const ENVIRONMENTS = {
  production: {
    web: 'https://www.glance.net',
    cdn: 'https://www.glancecdn.net',
    presence: 'https://presence.glance.net',
  },
  beta: { web: 'https://beta.glance.net', cdn: 'https://beta.glancecdn.net' },
  staging: { web: 'https://www.myglance.net', cdn: 'https://cdn.myglance.net' },
};

/**
 * Hosts on which Glance's script was seen besides: `ww2.glancecdn.net` in its own documentation,
 * `<customer>.glancecdn.net` and `staging-cdn.myglance.net` on public pages.
 */
const SCRIPT_HOSTS = {
  production: /^(?!beta\.)[a-z0-9-]+\.glancecdn\.net$/,
  beta: /^beta\.glancecdn\.net$/,
  staging: /^([a-z0-9-]+\.)+myglance\.net$/,
};

/**
 * The servers that a component with these settings talks to; without `presence` where it is unknown.
 * @param {{environment?: unknown, hosts?: unknown}} settings As the props have them.
 */
export function serversOf({ environment, hosts }) {
  const name = typeof environment === 'string' ? trim(environment).toLowerCase() : 'production';
  const servers = Object.assign(
    {},
    ENVIRONMENTS[Object.hasOwn(ENVIRONMENTS, name) ? name : 'production'],
  );
  for (const [server, host] of Object.entries(hosts || {})) {
    const origin = typeof host === 'string' ? originOf(trim(host)) : undefined;
    if (origin !== undefined) servers[server] = origin;
  }
  return servers;
}

/** The environment whose script a host serves, or undefined. */
export function environmentOfScript(hostname) {
  return Object.keys(SCRIPT_HOSTS).find((name) => SCRIPT_HOSTS[name].test(hostname));
}
