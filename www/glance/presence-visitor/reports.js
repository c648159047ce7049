/**
 * What happens to the page's session, for the agents who wait for its visitor: told to every
 * connected `GLANCE.Presence.Visitor`, and to a later one what still counts.
 */

const reporters = new Set();
let running;

/** @param {(message: object) => void} reporter */
export function addReporter(reporter) {
  reporters.add(reporter);
  if (running) {
    reporter(running);
  }
}

export function removeReporter(reporter) {
  reporters.delete(reporter);
}

/** @param {'accepted' | 'declined'} status */
export function reportTerms(status) {
  report({ type: 'terms', status });
}

/** @param {import('../visitor/session.js').Session} session */
export function reportSession(session) {
  session.events.add('sessioncontinue', () => {
    running = { type: 'session', key: session.key };
    report(running);
  });
  session.events.add('sessionend', () => {
    running = undefined;
  });
  session.events.add('error', ({ code, msg }) => report({ type: 'error', code, msg }));
}

function report(message) {
  reporters.forEach((reporter) => reporter(message));
}
