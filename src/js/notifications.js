// @ts-check
/** Notifications about tasks that the agent does not see, as far as the host has any. */
import { quietly } from './quietly.js';

/**
 * @param {import('./host/host.js').Host} host
 * @param {(kind: string, sid: string) => void} clicked Called within the agent's click.
 * @param {import('./leading-page.js').LeadingPage} page They are shown while it leads.
 */
export function createNotifications(host, clicked, page) {
  /** Those that are up, by kind and task. Each shows itself, and gives what hides it. */
  const up = new Map();
  /** What hides those that are shown. */
  const shown = new Map();

  function show(key) {
    const hide = quietly(up.get(key));
    if (hide) shown.set(key, hide);
  }

  function hide(key) {
    quietly(shown.get(key) || (() => {}));
    shown.delete(key);
  }

  function dismiss(key) {
    up.delete(key);
    hide(key);
  }

  page.onChange(() => Array.from(up.keys()).forEach(page.leads() ? show : hide));
  page.onPost(({ handled }) => handled && dismiss(handled));

  return {
    /**
     * Shows one. Another one of the same kind for the same task takes its place.
     * @param {'arrived' | 'accepted'} kind
     * @param {{sid: string, text: string, button: string}} context
     */
    notify(kind, { sid, text, button }) {
      const key = keyOf(kind, sid);
      dismiss(key);
      const onClick = () => {
        up.delete(key);
        shown.delete(key);
        page.post({ handled: key });
        quietly(() => clicked(kind, sid));
      };
      // Flex keeps the button that an id was registered with, whatever the language is later.
      const id = `flex-glance-${kind}-${button}`;
      up.set(key, () => {
        const center = host.notifications();
        const notification = center && center.show(id, { text, button, onClick });
        return notification && (() => center.dismiss(notification));
      });
      if (page.leads()) show(key);
    },

    /** Takes away what `notify` showed, if the agent has not. */
    dismiss: (kind, sid) => dismiss(keyOf(kind, sid)),

    dismissAll: () => Array.from(up.keys()).forEach(dismiss),
  };
}

function keyOf(kind, sid) {
  return `${kind} ${sid}`;
}
