/** Whether this page may load Glance's Presence Agent script, and what it brought. */

import { underPolicy } from './policy.mjs';

const PATIENCE_MS = 10_000;

/**
 * Fetches the script as a script, without running it.
 * @param {string} url
 * @returns {Promise<{loaded: boolean, directive?: string}>}
 */
export async function fetchScript(url) {
  const { origin } = new URL(url);
  const { outcome, directive } = await underPolicy(origin, () => preload(url));
  return { loaded: outcome, directive };
}

function preload(url) {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preload', as: 'script', href: url });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    const end = (loaded) => () => {
      clearTimeout(timer);
      resolve(loaded);
    };
    link.addEventListener('load', end(true));
    link.addEventListener('error', end(false));
    document.head.append(link);
  }).then((loaded) => {
    link.remove();
    return loaded;
  });
}

/** Glance's presence API on the page: its class, and whether a script of Glance ran at all. */
export function presenceApi() {
  const { GLANCE } = window;
  const Agent = GLANCE && GLANCE.Presence && GLANCE.Presence.Agent;
  const authorize = GLANCE && GLANCE.Authorization && GLANCE.Authorization.authorize;
  return { Agent, authorize, hasGlance: Boolean(GLANCE) };
}
