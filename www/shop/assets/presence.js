/** The shop's use of Glance's Presence: whoever is in a chat can be seen to be on the site. */

/** How long a lost connection rests before it is made again. */
const RETRY_MS = 2_000;

let visitor;
let retry;

/** Extra calls are harmless. @param {string} visitorid What the chat's task knows the visitor by. */
export function connectPresence(visitorid) {
  const Visitor = window.GLANCE?.Presence?.Visitor;
  if (!Visitor || visitor) {
    return;
  }
  visitor = new Visitor({ visitorid });
  visitor.onclose = () => {
    visitor = undefined;
    retry = setTimeout(() => connectPresence(visitorid), RETRY_MS);
  };
  visitor.presence();
  visitor.connect();
}

export function disconnectPresence() {
  clearTimeout(retry);
  visitor?.disconnect();
  visitor = undefined;
}
