/** What is on the desk of a test: the mounted components, the tasks' sessions, what was called. */

/** The mounted views. */
export const mounts = new Set();
/** Task to `{ task, props, key?, viewer, meeting, failure?, since? }`. */
export const sessions = new Map();
/** Visitors on the site: ID to `{ page, browser }`. */
export const visitors = new Map();
/** What the component did, in order: `{ what, … }`. */
export const calls = [];
/** What the test has arranged. */
export const script = {};
/** The props by which presence was switched on first. */
export const watched = {};
/** The props of the registration. */
export const registration = {};
/** What the real instance is given too: the way to Flex, and what is kept of the page. */
export const given = {};

export function reset() {
  sessions.clear();
  visitors.clear();
  calls.length = 0;
  Object.assign(script, { keyFailure: undefined, popupsBlocked: false, presence: undefined });
  watched.props = undefined;
  shown();
}

export function note(what, details) {
  calls.push({ what, ...details });
}

/** Everything is shown anew, at once: a test may look as soon as a call returns. */
export function shown() {
  mounts.forEach((view) => view.render());
}

/** The task's session, with the props of the component that shows it. */
export function enter(task, props) {
  const known = sessions.get(task.sid) || { viewer: 'closed', meeting: 'apart' };
  const view = Array.from(mounts).find(({ props: of }) => of.task && of.task.sid === task.sid);
  const own = props || (view && view.props) || known.props || registration.props || watched.props;
  const session = Object.assign(known, { task, props: own });
  sessions.set(task.sid, session);
  return session;
}
