// @ts-check
/** Flex's own framework for notifications. It keeps what is registered, and cannot forget it. */
import * as React from 'react';

import { attempt } from './attempt.js';

/** @returns {import('./host.js').Notifications} */
export function createFlexNotifications({ Notifications, NotificationBar }) {
  return {
    show(id, { text, button, onClick }) {
      const clicked = (_, notification) => {
        Notifications.dismissNotification(notification);
        notification.context.onClick();
      };
      const action =
        NotificationBar &&
        React.createElement(NotificationBar.Action, {
          key: 'act',
          label: button,
          onClick: clicked,
        });
      const content = React.createElement(Words);
      const actions = action && [action];
      // Flex throws where the id is registered already.
      attempt(() =>
        Notifications.registerNotification({
          id,
          type: 'information',
          timeout: 0,
          content,
          actions,
        }),
      );
      return attempt(() => Notifications.showNotification(id, { text, onClick })) || undefined;
    },

    dismiss(shown) {
      attempt(() => Notifications.dismissNotification(shown));
    },
  };
}

// Flex passes the context on to content that is an element.
function Words({ notificationContext }) {
  return React.createElement('span', null, notificationContext ? notificationContext.text : '');
}
