// How agent and visitor come together by presence, and the viewer beside it: two reducers, joined.
import { READY, isThere, openViewer, stepViewer } from './viewer.js';

export const APART = { is: 'apart' };
export const NEW_SESSION = { meeting: APART, viewer: READY, left: false };

const WAITING = ['checking', 'awaiting', 'asked', 'unanswered', 'left'];
const TO_PUT_AWAY = ['checking', 'absent', 'awaiting', 'declined', 'left', 'notReached'];

function stepMeeting(state, input, whereabouts, now) {
  const { is, launch } = state;
  const stay = [state, []];
  const waits = WAITING.includes(is);
  const closing = (next) => [{ is: next, launch }, [['closeWaiting']]];
  switch (input.type) {
    case 'taskOver':
      return [APART, is === 'inSession' ? [['reportEnd', state.since]] : []];
    case 'meet':
      if (is === 'inSession' || is === 'accepted') return [state, [['open', input.launch]]];
      if (is === 'asked' || is === 'awaiting') return stay;
      return meet(input, whereabouts);
    case 'wait':
      return is === 'absent' || is === 'left' ? [{ is: 'awaiting', launch }, []] : stay;
    case 'withdraw':
      if (is === 'asked' || is === 'unanswered' || is === 'accepted') {
        return [APART, [['closeWaiting']]];
      }
      return TO_PUT_AWAY.includes(is) ? [APART, []] : stay;
    case 'seen':
      return see(state, input.whereabouts);
    case 'patienceOver':
      return is === 'asked' ? [{ is: 'unanswered', launch }, []] : stay;
    case 'notReached':
      return is === 'asked' ? closing('notReached') : stay;
    case 'declined':
      if (is === 'asked' || is === 'unanswered') return closing('declined');
      return is === 'accepted' ? [APART, [['closeWaiting']]] : stay;
    case 'accepted':
      if (is === 'inSession') return stay;
      return [{ is: 'accepted' }, waits ? [['open', launch]] : []];
    case 'started':
      if (is === 'inSession') return stay;
      return [
        { is: 'inSession', since: now },
        [['reportStart'], ...(waits ? [['open', launch]] : [])],
      ];
    case 'ended':
      if (is === 'inSession') return [{ is: 'over' }, [['reportEnd', state.since]]];
      return is === 'accepted' ? [APART, [['closeWaiting']]] : stay;
    default:
      return stay;
  }
}

function meet({ launch, atOnce }, { is }) {
  switch (is) {
    case 'here': {
      const [state, commands] = invite(launch);
      return [state, atOnce ? [['open', launch], ...commands] : commands];
    }
    case 'away':
      return [{ is: 'absent', launch }, []];
    case 'checking':
      return [{ is: 'checking', launch }, []];
    default:
      return [APART, [['open', launch]]];
  }
}

function see(state, whereabouts) {
  const { is, launch } = state;
  if (is === 'over') return [APART, []];
  if (whereabouts.is === 'here') {
    if (is === 'checking' || is === 'awaiting') return invite(launch);
    if (is === 'absent' || is === 'left') return [APART, []];
  }
  if (whereabouts.is === 'away') {
    if (is === 'checking') return [{ is: 'absent', launch }, []];
    if (is === 'asked' || is === 'unanswered') return [{ is: 'left', launch }, [['closeWaiting']]];
  }
  if (whereabouts.is === 'unknown' && is === 'checking') return [APART, [['open', launch]]];
  return [state, []];
}

function invite(launch) {
  return [{ is: 'asked', launch }, [['invite', launch], ['startPatience']]];
}

/**
 * The next session of a task, and what has to be done.
 * @param {{meeting: object, viewer: object, left: boolean}} session
 * @param {{of: 'viewer' | 'meeting' | 'both', type: string}} input
 */
export function stepSession(session, input, whereabouts, now) {
  let { meeting, viewer, left } = session;
  const commands = [];

  const moveViewer = (viewerInput) => {
    const wasThere = openViewer(viewer) || isThere(viewer);
    const [next, asked] = stepViewer(viewer, viewerInput, now);
    viewer = next;
    commands.push(...asked);
    if (openViewer(viewer) || isThere(viewer)) left = false;
    else if (wasThere) left = closes(viewerInput);
  };

  const moveMeeting = (meetingInput, why) => {
    const [next, asked] = stepMeeting(meeting, meetingInput, whereabouts, now);
    meeting = next;
    for (const [name, argument] of asked) {
      if (name === 'open') {
        moveViewer({ type: 'launch', launch: argument });
      } else if (name === 'closeWaiting') {
        moveViewer({ type: 'cancel' });
        moveViewer({ type: 'close' });
      } else if (name === 'reportEnd') {
        const reason = why || (left ? 'agent_left' : 'ended');
        commands.push(['reportEnd', Math.max(now - argument, 0), reason]);
        moveViewer({ type: 'sessionEnded' });
      } else {
        if (name === 'reportStart') left = false;
        commands.push([name, argument]);
      }
    }
  };

  if (input.of === 'viewer') {
    const { launch } = meeting;
    // Who joins by another key waits for no answer any more.
    if (input.type === 'launch' && launch && launch.sessionKey !== input.launch.sessionKey) {
      meeting = APART;
    }
    moveViewer(input);
    if (closes(input) && meeting.is === 'accepted') moveMeeting({ type: 'withdraw' });
  } else if (input.of === 'meeting') {
    moveMeeting(input);
  } else {
    moveMeeting({ type: 'taskOver' }, 'task_over');
    moveViewer({ type: 'taskOver' });
  }
  return [{ meeting, viewer, left }, commands];
}

function closes({ type }) {
  return type === 'close' || type === 'windowClosed';
}
