/** Looks at what other plugins have made of the desktop. */

import { host } from '../host.mjs';

/** The component's mark on the page, see `src/js/sole-copy.js` of the package. */
const MARK = Symbol.for('flex-glance');

/** How many copies of the package stood back. */
export function otherCopies() {
  const mark = window[MARK];
  return mark ? mark.others : 0;
}

/**
 * What a plugin has made of Flex's second panel.
 * @returns {'hidden' | 'removed' | undefined}
 */
export function takenPanel() {
  const { AgentDesktopView } = host.flex() || {};
  if (!AgentDesktopView) return undefined;
  const { defaultProps, Panel2 } = AgentDesktopView;
  if (defaultProps && defaultProps.showPanel2 === false) return 'hidden';
  if (document.querySelector('.Twilio-CRMContainer')) return undefined;
  const { removeRequests = [], fragments = [] } = (Panel2 && Panel2.Content) || {};
  const isReplaced = fragments.some(({ props }) => props && props.replace);
  return removeRequests.length > 0 || isReplaced ? 'removed' : undefined;
}
