// The viewer of one task, as a reducer that also says what has to happen in the world.

export const READY = { is: 'ready' };

const OPEN = ['window', 'panel'];

/**
 * @param {object} state
 * @param {{type: string}} input
 * @param {number} now Unix time in milliseconds.
 * @returns {[object, Array<[string, ...unknown[]]>]} The next state, and commands by their names.
 */
export function stepViewer(state, input, now) {
  const { is, launch, kept } = state;
  const stay = [state, []];
  switch (input.type) {
    case 'taskOver':
      return [READY, [['cancelRequest'], ['closeWindow'], ['closeFrame']]];
    case 'launch':
      if (is === 'fetching') return stay;
      if ((is === 'panel' || (is === 'window' && state.held)) && isSame(launch, input.launch)) {
        return [state, [['bringToFront']]];
      }
      return fetchKey(input.launch, is === 'panel' ? state : kept);
    case 'keyGranted': {
      if (is !== 'fetching') return stay;
      const url = viewerUrl(launch, input.grant);
      return state.blocked ? [{ is: 'blocked', launch, url, kept }, []] : open(launch, url, now);
    }
    case 'keyFailed':
      if (is !== 'fetching') return stay;
      return [{ is: 'failed', launch, failure: input.failure, kept }, [['closeWindow']]];
    case 'windowBlocked':
      if (is === 'fetching') return [{ ...state, blocked: true }, []];
      return is === 'window' ? [{ is: 'blocked', launch, url: viewerUrl(launch) }, []] : stay;
    case 'linkFollowed': {
      if (is !== 'blocked') return stay;
      const { held } = input;
      const commands = [['closeFrame'], ...(held ? [['navigate', state.url]] : [])];
      return [{ is: 'window', launch, openedAt: now, held }, commands];
    }
    case 'windowClosed':
      if (is === 'window') return [READY, [['closeWindow']]];
      return is === 'fetching' ? giveUp(kept) : stay;
    case 'cancel':
      if (is === 'blocked') return [kept || READY, [['closeWindow']]];
      return is === 'fetching' ? giveUp(kept) : stay;
    case 'close':
      return isThere(state) ? [READY, [['closeWindow'], ['closeFrame']]] : stay;
    case 'bringToFront':
      return isThere(state) ? [state, [['bringToFront']]] : stay;
    case 'signIn': {
      if (is !== 'failed') return stay;
      const tab = { ...launch, target: 'tab', withoutPanel: false };
      const commands = [['closeFrame'], ['openWindow', 'tab'], ['navigate', viewerUrl(tab)]];
      return [{ is: 'window', launch: tab, openedAt: now, held: true }, commands];
    }
    case 'dismiss':
      if (is === 'failed') return [kept || READY, []];
      if (is !== 'window') return stay;
      if (!state.held) return [READY, []];
      return [{ ...state, launch: { ...launch, withoutPanel: false } }, []];
    case 'panelBack':
      return is === 'panelGone' ? fetchKey(launch) : stay;
    default:
      return kept ? stepKept(state, input, now) : stepFrame(state, input);
  }
}

/** What happens to the frame of a viewer in the panel. */
function stepFrame(state, { type }) {
  const { is, launch } = state;
  if (type === 'sessionEnded' && (is === 'panel' || is === 'panelGone')) {
    return [READY, [['closeFrame']]];
  }
  if (is !== 'panel') return [state, []];
  switch (type) {
    case 'frameArrived':
      return [{ ...state, frame: 'arrived' }, []];
    case 'frameSlow':
      return [state.frame === 'loading' ? { ...state, frame: 'slow' } : state, []];
    case 'panelGone':
      return [{ is: 'panelGone', launch }, [['closeFrame']]];
    default:
      return [state, []];
  }
}

function stepKept(state, input, now) {
  const [kept, commands] = stepViewer(state.kept, input, now);
  return [{ ...state, kept: kept.is === 'panel' ? kept : undefined }, commands];
}

/** The viewer that is open now: this one, or the one that is kept until its successor is there. */
export function openViewer(state) {
  return OPEN.includes(state.is) ? state : state.kept;
}

/** Whether a viewer is open, or will be again with the panel that Flex took away. */
export function isThere(state) {
  return OPEN.includes(state.is) || state.is === 'panelGone';
}

/** Whether the agent may close a window of ours at any time. */
export function hasWindow(state) {
  if (state.is === 'window') return state.held;
  return state.is === 'fetching' && state.launch.target !== 'flex' && !state.blocked;
}

function isSame(a, b) {
  return ['sessionKey', 'groupId', 'web', 'target'].every((name) => a[name] === b[name]);
}

function giveUp(kept) {
  return [kept || READY, [['cancelRequest'], ['closeWindow']]];
}

function fetchKey(launch, kept) {
  const commands = [['requestKey']];
  if (launch.target !== 'flex') commands.unshift(['openWindow', launch.target]);
  return [{ is: 'fetching', launch, blocked: false, kept }, commands];
}

function open(launch, url, openedAt) {
  if (launch.target === 'flex') {
    return [
      { is: 'panel', launch, openedAt, frame: 'loading' },
      [['closeWindow'], ['showFrame', url]],
    ];
  }
  return [{ is: 'window', launch, openedAt, held: true }, [['closeFrame'], ['navigate', url]]];
}

function viewerUrl({ web, sessionKey, groupId, video }, grant) {
  const query = { SessionKey: sessionKey, Wait: '1' };
  if (video.agent) query.agentVideo = video.agent;
  if (grant) {
    query.partnerid = groupId;
    query.partneruserid = grant.partnerUserId;
    query.loginkey = grant.loginKey;
  }
  return `${web}/agentjoin/AgentView.aspx?${form(query)}`;
}

/** Glance's script takes hosts without a scheme. */
export const bare = (origin) => origin.replace(/^https:\/\//, '');

/** Form-encoded pairs. */
export function form(pairs) {
  const encode = (text) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return Object.keys(pairs)
    .map((name) => `${name}=${encode(pairs[name])}`)
    .join('&');
}
