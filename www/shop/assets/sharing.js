/** The shop's use of Glance's visitor script. */

const visitor = window.GLANCE?.Cobrowse?.Visitor;

/**
 * Asks the visitor to share the page. In a chat the visitor ID is the session key, and the agent's
 * desktop knows it; on the phone it is a random key to be read out.
 *
 * @param {'chat' | 'call'} kind
 */
export function share(kind) {
  visitor?.showTerms(kind === 'call' ? { sessionKey: 'GLANCE_KEYTYPE_RANDOM' } : undefined);
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
