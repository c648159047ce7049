/** Whether the viewer's page lets itself be framed by this one. */

import { answers } from './host.mjs';
import { underPolicy } from './policy.mjs';

const PATIENCE_MS = 10_000;

/**
 * Frames the viewer out of sight, without a login key, and takes it away.
 *
 * An `iframe` cannot tell: it fires `load` for a page that refused to be framed, too. An `object` fires
 * `error` for it, as for any page that did not come, and shows what is in it instead (HTML Standard,
 * "the object element"; seen in Chromium 156). Where a policy forbids objects, nothing is known.
 *
 * @param {string} web Origin of Glance's web server.
 * @returns {Promise<'framed' | 'refused' | 'unreachable' | 'silent' | 'unknown' | {directive: string}>}
 *   `refused`: the host answers, and yet its page is not shown. `silent`: nothing came in time.
 */
export async function frameViewer(web) {
  const url = `${web}/agentjoin/AgentView.aspx?SessionKey=flex-glance-doctor&Wait=1`;
  const byObject = await underPolicy(web, () => show('object', 'data', url));
  if (byObject.outcome === 'load') return 'framed';
  if (byObject.outcome === undefined) return 'silent';
  if (byObject.directive !== 'object-src') {
    if (byObject.directive) return { directive: byObject.directive };
    return (await answers(`${web}/`)) ? 'refused' : 'unreachable';
  }
  const byFrame = await underPolicy(web, () => show('iframe', 'src', url));
  if (byFrame.directive) return { directive: byFrame.directive };
  return byFrame.outcome === undefined ? 'silent' : 'unknown';
}

/** `load`, `error`, or undefined if neither came in time. */
function show(kind, address, url) {
  const element = document.createElement(kind);
  if (kind === 'object') element.type = 'text/html';
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  // An object that is not rendered loads nothing.
  element.style.cssText =
    'position:fixed;top:0;left:-9999px;width:400px;height:300px;border:0;visibility:hidden';
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    for (const event of ['load', 'error']) {
      element.addEventListener(event, () => {
        clearTimeout(timer);
        resolve(event);
      });
    }
    element[address] = url;
    document.body.append(element);
  }).then((event) => {
    element.remove();
    return event;
  });
}
