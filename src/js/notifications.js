// @ts-check
/** Notifications about tasks that the agent does not see, as far as the host has any. */
import { quietly } from './quietly.js';

/**
 * @param {import('./host/host.js').Host} host
 * @param {(kind: string, sid: string) => void} clicked Called within the agent's click.
 */
export function createNotifications(host, clicked) {
  /** What is shown, by kind and task. */
  const shown = new Map();

  function dismiss(key) {
    const known = shown.get(key);
    shown.delete(key);
    if (known) quietly(() => known.center.dismiss(known.notification));
  }

  return {
    /**
     * Shows one. Another one of the same kind for the same task takes its place.
     * @param {'arrived' | 'accepted'} kind
     * @param {{sid: string, text: string, button: string}} context
     */
    notify(kind, { sid, text, button }) {
      const center = host.notifications();
      if (!center) return;
      const key = keyOf(kind, sid);
      dismiss(key);
      const onClick = () => {
        shown.delete(key);
        quietly(() => clicked(kind, sid));
      };
      // Flex keeps the button that an id was registered with, whatever the language is later.
      const id = `flex-glance-${kind}-${button}`;
      const notification = quietly(() => center.show(id, { text, button, onClick }));
      if (notification) shown.set(key, { center, notification });
    },

    /** Takes away what `notify` showed, if the agent has not. */
    dismiss: (kind, sid) => dismiss(keyOf(kind, sid)),

    dismissAll: () => Array.from(shown.keys()).forEach(dismiss),
  };
}

function keyOf(kind, sid) {
  return `${kind} ${sid}`;
}
