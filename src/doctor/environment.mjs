/**
 * Which of Glance's servers a component talks to. The hosts are those of `src/core/environment.rs`,
 * with their sources; a test holds both to the same table.
 */

import { originOf } from './address.mjs';

const ENVIRONMENTS = {
  beta: { web: 'https://beta.glance.net', cdn: 'https://beta.glancecdn.net' },
  staging: { web: 'https://www.myglance.net', cdn: 'https://cdn.myglance.net' },
  production: {
    web: 'https://www.glance.net',
    cdn: 'https://www.glancecdn.net',
    presence: 'https://presence.glance.net',
  },
};

/**
 * The origins that the component uses, as `Config::parse` of `src/core/config.rs` works them out.
 * @param {{glancebaseurl?: unknown, hosts?: any}} props
 * @returns {{web?: string, cdn?: string, presence?: string, authorization?: string}} A server is
 *   missing where the props are wrong, or where Glance's script decides.
 */
export function originsOf({ glancebaseurl, hosts }) {
  const name = String(glancebaseurl).trim().toLowerCase();
  const known = (Object.hasOwn(ENVIRONMENTS, name) && ENVIRONMENTS[name]) || {};
  const own = (server) => {
    const host = hosts && hosts[server];
    return typeof host === 'string' && host.trim() ? originOf(host.trim()) : undefined;
  };
  const web = own('web') || known.web;
  return {
    web,
    cdn: own('cdn') || known.cdn,
    presence: own('presence') || known.presence,
    authorization: own('authorization') || web,
  };
}
