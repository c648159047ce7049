// What is to be seen in each state. No elements.
import { isThere } from './viewer.js';
import { taskKey } from './session-key.js';

const START = { action: 'start' };

const OVERLAYS = {
  asked: ({ description, t }) => ({
    ...description,
    status: t('visitor_asked'),
    buttons: [['withdraw', 'cancel']],
  }),
  unanswered: ({ description, t }) => ({
    ...description,
    message: {
      lines: [t('visitor_silent')],
      buttons: [
        ['ask-again', 'ask_again'],
        ['withdraw', 'close_viewer'],
      ],
    },
  }),
  accepted: ({ description, t }) => ({ ...description, status: t('visitor_accepted') }),
  inSession: ({ description, t, since }) => ({
    ...description,
    status: t('in_session'),
    timer: { since, name: 'in_session_for' },
  }),
  over: ({ description, t }) => ({ ...description, status: t('session_over') }),
};

/**
 * @param {object} task
 * @param {{meeting: object, viewer: object}} session
 * @param {object | undefined} whereabouts What presence knows of the visitor.
 * @param {Function} t
 */
export function describe(task, { meeting, viewer }, whereabouts, t) {
  if (viewer.is === 'ready') return describeMeeting(task, meeting, whereabouts, t);
  const description = describeViewer(viewer, t);
  const overlay = isThere(viewer) && OVERLAYS[meeting.is];
  return overlay ? overlay({ description, t, since: meeting.since }) : description;
}

function describeMeeting(task, { is, since }, whereabouts, t) {
  const waiting = (text) => ({
    main: { idle: true, busy: true },
    tone: 'busy',
    status: t(text),
    buttons: [['withdraw', 'cancel']],
  });
  const stuck = (text, way) => ({
    main: START,
    tone: 'warning',
    takesKey: true,
    message: { lines: [t(text)], buttons: [way, ['withdraw', 'dismiss']] },
  });
  const askAgain = ['ask-again', 'ask_again'];
  const wait = ['wait', 'wait_for_visitor'];
  switch (is) {
    case 'checking':
      return waiting('presence_checking');
    case 'awaiting':
      return { ...waiting('awaiting_visitor'), takesKey: true };
    case 'asked':
      return waiting('visitor_asked');
    case 'absent':
      return stuck('visitor_absent', wait);
    case 'left':
      return stuck('visitor_left', wait);
    case 'unanswered':
      return stuck('visitor_silent', askAgain);
    case 'declined':
      return stuck('visitor_declined', askAgain);
    case 'notReached':
      return stuck('visitor_not_reached', ['start', 'try_again']);
    case 'accepted':
      return {
        main: START,
        tone: 'open',
        status: t('visitor_accepted'),
        buttons: [['withdraw', 'dismiss']],
      };
    case 'inSession':
      return {
        main: START,
        tone: 'open',
        status: t('session_unseen'),
        timer: { since, name: 'in_session_for' },
      };
    case 'over':
      return { main: START, tone: 'plain', takesKey: true, status: t('session_over') };
    default:
      return ready(task, whereabouts, t);
  }
}

function describeViewer(viewer, t) {
  const { is, launch, openedAt } = viewer;
  const timer = { since: openedAt, name: 'open_for' };
  const front = { action: 'bring-to-front' };
  const panelButtons = [
    ['open-in-tab', 'open_in_tab'],
    ['close', 'close_viewer'],
  ];
  switch (is) {
    case 'fetching':
      return {
        main: { idle: true, busy: true },
        tone: 'busy',
        status: t('getting_key'),
        buttons: [['cancel', 'cancel']],
      };
    case 'blocked':
      return {
        main: START,
        tone: 'warning',
        takesKey: true,
        message: { lines: [t('blocked')], buttons: [['cancel', 'cancel']], link: viewer.url },
      };
    case 'window':
      if (!viewer.held) {
        return {
          main: { idle: true },
          tone: 'open',
          status: t('viewer_in_tab'),
          buttons: [
            ['open-again', 'open_again'],
            ['dismiss', 'dismiss'],
          ],
          timer,
        };
      }
      return {
        main: front,
        tone: 'open',
        status: t('viewer_open'),
        buttons: [['close', 'close_viewer']],
        timer,
        message: launch.withoutPanel
          ? { lines: [t('without_panel')], buttons: [['dismiss', 'dismiss']] }
          : undefined,
      };
    case 'panel':
      return {
        main: front,
        tone: { loading: 'busy', slow: 'warning', arrived: 'open' }[viewer.frame],
        status: t(viewer.frame === 'arrived' ? 'viewer_open' : 'loading'),
        buttons: panelButtons,
        timer,
        message:
          viewer.frame === 'slow' ? { lines: [t('frame_slow')], buttons: panelButtons } : undefined,
      };
    case 'panelGone':
      return {
        main: front,
        tone: 'warning',
        status: t('panel_gone'),
        buttons: [['close', 'close_viewer']],
      };
    default:
      return {
        main: START,
        tone: 'error',
        takesKey: true,
        message: {
          lines: [describeFailure(viewer.failure, t)],
          buttons: [
            ['start', 'try_again'],
            ['sign-in', 'sign_in'],
            ['dismiss', 'dismiss'],
          ],
        },
      };
  }
}

function describeFailure({ kind, status, message }, t) {
  const text = t(`failed_${kind}`, { status });
  return message ? `${text} (${message})` : text;
}

function ready(task, whereabouts, t) {
  const { key, wrong } = taskKey(task);
  if (key) {
    const known = whereabouts
      ? describeWhereabouts(whereabouts, t)
      : { main: START, tone: 'plain' };
    return { ...known, takesKey: true };
  }
  const reason = wrong(t);
  return {
    main: { asksKey: true },
    tone: 'plain',
    takesKey: true,
    status: reason,
    keyReason: reason,
  };
}

function describeWhereabouts({ is, page, obstacle }, t) {
  const plain = { main: START, tone: 'plain', seen: is };
  switch (is) {
    case 'here':
      return {
        ...plain,
        tone: 'here',
        status: page ? t('visitor_here_at', { page }) : t('visitor_here'),
      };
    case 'away':
      return { ...plain, status: t('visitor_away') };
    case 'unknown':
      return {
        ...plain,
        status: t('presence_unavailable', { reason: describeObstacle(obstacle, t) }),
        buttons: [['retry-presence', 'retry_presence']],
      };
    default:
      return { ...plain, status: t('presence_checking') };
  }
}

function describeObstacle({ kind, failure }, t) {
  return kind === 'key' ? describeFailure(failure, t) : t(`presence_${kind}`);
}

/** No task is selected. */
export function describeNoTask(t) {
  return { main: { idle: true }, tone: 'plain', status: t('no_task') };
}

/** Props are missing or wrong. */
export function describeProblems(errors, t) {
  const lines = errors.map(({ prop, given, expected }) =>
    t(given === 'missing' ? 'prop_missing' : 'prop_wrong', { prop, given, expected: t(expected) }),
  );
  return {
    main: { idle: true },
    tone: 'error',
    message: { lines: [t('not_set_up'), ...lines], buttons: [] },
  };
}
