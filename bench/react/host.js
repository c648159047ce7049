// Flex as the twin's host, with what of `src/js` stands between the two.
import { createActions } from '../../src/js/actions.js';
import { createFlexHost } from '../../src/js/host/flex.js';
import { createNotifications } from '../../src/js/notifications.js';

export const host = createFlexHost();

/** What Actions and notifications enter: `instance.js` puts it here, which imports what uses this file. */
export const entered = {};

export const actions = createActions(host, {
  start: (task, key) => entered.startSession(task, key),
  end: (sid) => entered.endSession(sid),
});

export const { notify } = createNotifications(host, (kind, sid) => {
  if (kind === 'accepted') entered.followLink(sid);
  host.selectTask(sid);
});
