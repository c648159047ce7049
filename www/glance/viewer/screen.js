/** What the viewer says in each state, and what to do next. */

/**
 * `label` is the state in the bar; `title` and `text` cover the stage; `again` names the button.
 *
 * @type {Record<string, {label: string, title?: string, text?: string, again?: string}>}
 */
const STATES = {
  connecting: { label: 'Connecting', title: 'Connecting…' },
  waiting: {
    label: 'Waiting',
    title: 'Waiting for the visitor to start the session',
    text: 'The visitor’s page appears here as soon as the visitor shares it.',
  },
  loading: { label: 'Connected', title: 'The visitor’s page is on its way…' },
  live: { label: 'Live' },
  away: {
    label: 'Visitor away',
    title: 'The visitor’s page is gone for the moment',
    text: 'The session goes on when the next page loads. It ends after one minute.',
  },
  reconnecting: { label: 'Connecting again', title: 'Connecting to Glance again…' },
  agent: {
    label: 'Ended',
    title: 'Session ended',
    text: 'You have ended the session. The visitor’s page is no longer shared.',
    again: 'Wait for the visitor again',
  },
  visitor: {
    label: 'Ended',
    title: 'Session ended',
    text:
      'The visitor has ended the session or left the site. Ask the visitor to share again, ' +
      'or close this viewer.',
    again: 'Wait for the visitor again',
  },
  error: {
    label: 'Ended',
    title: 'Session ended',
    text: 'The session was interrupted by an error. Ask the visitor to share again.',
    again: 'Wait for the visitor again',
  },
  lost: {
    label: 'Not connected',
    title: 'Glance cannot be reached',
    text: 'The connection did not come back for a minute.',
    again: 'Connect again',
  },
  refused: {
    label: 'Not connected',
    title: 'This viewer is out of date',
    text: 'Close it and join the session again.',
  },
};

/** A page that changes is away for a moment; only a longer absence is shown. */
const PATIENCE_MS = 1_500;

const element = (id) => document.getElementById(id);
let timer;

/** Shows a state. Calling it again with the same state changes nothing. */
export function show(state) {
  clearTimeout(timer);
  if (state === 'away' || state === 'reconnecting') {
    timer = setTimeout(() => apply(state), PATIENCE_MS);
  } else {
    apply(state);
  }
}

/** @param {{title: string, url: string}} page What the visitor looks at. */
export function showPage({ title, url }) {
  element('page-title').textContent = title;
  element('page-url').textContent = url;
  element('page-url').title = url;
}

function apply(state) {
  if (document.body.dataset.state === state) {
    return;
  }
  const { label, title, text, again } = STATES[state];
  document.body.dataset.state = state;
  element('state').textContent = label;
  element('notice').hidden = !title;
  element('notice-title').textContent = title ?? '';
  element('notice-text').textContent = text ?? '';
  element('again').hidden = !again;
  element('again').textContent = again ?? '';
  element('end').hidden = !['live', 'loading', 'away', 'reconnecting'].includes(state);
  if (!['live', 'away', 'reconnecting'].includes(state)) {
    showPage({ title: '', url: '' });
  }
}
