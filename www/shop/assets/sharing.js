/** The shop's use of Glance's visitor script. */

const visitor = window.GLANCE?.Cobrowse?.Visitor;

/**
 * Asks the visitor to share the page.
 *
 * @param {string} [chat] SID of the chat: the session key that the agent's desktop knows. Without a
 *   chat it is a random key to be read out on the phone.
 */
export function share(chat) {
  visitor?.showTerms({ sessionKey: chat ?? 'GLANCE_KEYTYPE_RANDOM' });
}

/** @returns {{key: string} | undefined} The session that runs. */
export function session() {
  return visitor?.inSession() ? { key: visitor.getKey() } : undefined;
}

/** @param {(event: string) => void} listener Called when a session starts, goes on or ends. */
export function onSharing(listener) {
  for (const event of ['sessionstart', 'sessioncontinue', 'sessionend']) {
    visitor?.addEventListener(event, () => listener(event));
  }
}
