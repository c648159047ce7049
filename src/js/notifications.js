/** Notifications by Flex's own framework, about tasks that the agent does not see. */
import * as React from 'react';

import { flex } from './flex.js';
import { current } from './instance.js';

const known = new Set();

/**
 * @param {'arrived' | 'accepted'} kind `arrived`: the button selects the task. `accepted`: it opens
 *   the viewer that the browser blocked.
 * @param {{sid: string, text: string, button: string}} context
 */
export function notify(kind, context) {
  const { Notifications, NotificationBar, Actions } = flex() || {};
  if (!Notifications) return;
  const id = `flex-glance-${kind}`;
  const clicked = (_, notification) => {
    const { sid } = notification.context;
    Notifications.dismissNotification(notification);
    if (kind === 'accepted' && current()) current().followLink(sid);
    Actions.invokeAction('SelectTask', { sid });
  };
  if (!known.has(id)) {
    known.add(id);
    Notifications.registerNotification({
      id,
      type: 'information',
      timeout: 0,
      content: React.createElement(Words),
      actions: NotificationBar && [
        React.createElement(NotificationBar.Action, {
          key: 'act',
          label: context.button,
          onClick: clicked,
        }),
      ],
    });
  }
  Notifications.showNotification(id, context);
}

// Flex passes the context on to content that is an element.
function Words({ notificationContext }) {
  return React.createElement('span', null, notificationContext ? notificationContext.text : '');
}
