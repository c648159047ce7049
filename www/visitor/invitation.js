/** An invitation by link: the key in the page's address, for which Glance shows its terms. */

import { cobrowseVisitor, whenGlance } from './glance.js';
import { connectOptions } from './options.js';
import { guarded } from './report.js';

/** The part of the fragment that is ours. */
const NAME = 'glance=';

/** A key that an agent's browser made, and when, in minutes of Unix time in base 36. */
const INVITATION = /^([0-9a-f]{32})\.([0-9a-z]{1,8})$/;

/** As long as the agent's side keeps an invitation. */
const MAX_AGE_MINUTES = 240;

/**
 * Shows Glance's terms for an invitation that this page was opened with, or is led to later. Nothing starts
 * without the customer's click there.
 * @param {object} [given] Options, see `index.d.ts`.
 */
export function followInvitation(given) {
  const { options, report } = connectOptions(given);
  // Observed, and what an agent's click shows by presence. Of `startSession`, which is documented, nobody says that it
  // asks first.
  const { maxage = MAX_AGE_MINUTES, show = showTerms } = options;
  const late = () => report('script', 'GLANCE.Cobrowse.Visitor is not there. Still waiting.');
  let cancel = () => {};
  const look = guarded(report, () => {
    const invitation = takeFromAddress();
    if (invitation === undefined) return;
    cancel();
    const [, sessionKey, made] = INVITATION.exec(invitation) || [];
    if (!sessionKey) {
      report('invitation', 'The page’s address has an invitation that is none. It is left out.');
      return;
    }
    // One that is as far ahead tells as little.
    if (Math.abs(Date.now() / 60000 - parseInt(made, 36)) > maxage) {
      report('expired', 'The invitation in the page’s address has run out. It is left out.');
      return;
    }
    const ready = guarded(report, () => show(sessionKey));
    if (cobrowseVisitor()) ready();
    else cancel = whenGlance(ready, late, cobrowseVisitor);
  });
  if (typeof window !== 'undefined') {
    window.addEventListener('hashchange', look);
    look();
  }
  return {
    stop() {
      cancel();
      if (typeof window !== 'undefined') window.removeEventListener('hashchange', look);
    },
  };
}

function showTerms(sessionKey) {
  cobrowseVisitor().showTerms({ sessionKey });
}

/** What is ours of the fragment, which the address has no longer. Whatever else it holds stays. */
function takeFromAddress() {
  const [page, fragment = ''] = location.href.split(/#(.*)/);
  const parts = fragment.split('&');
  const ours = parts.find((part) => part.startsWith(NAME));
  if (!ours) return undefined;
  const rest = parts.filter((part) => !part.startsWith(NAME)).join('&');
  history.replaceState(history.state, '', rest ? `${page}#${rest}` : page);
  return ours.slice(NAME.length);
}
