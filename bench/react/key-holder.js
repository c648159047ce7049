// The agent's login key: asked for when it is wanted, and held for the next. One for each identity.
import { requestKey } from './key-request.js';

const PATIENCE_MS = 10000;
const MARGIN_MS = 60000;
const RETRIES = 2;
const LEAST_MS = 1000;

let holder;

/**
 * Answers with a login key, at once if a good one is held. Those who wait share one request.
 * @param {object} config
 * @param {boolean} isTask Presence tries again by itself, and for longer.
 * @param {(outcome: {grant?: object, failure?: object, isHeld?: boolean}) => void} done
 * @returns {() => void} Gives up waiting.
 */
export function wantKey(config, isTask, done) {
  if (!holder || !isSameIdentity(holder.config, config)) holder = { waiting: new Set() };
  const own = holder;
  own.config = config;
  if (own.grant && Date.now() + MARGIN_MS < own.grant.endsAt) {
    done({ grant: own.grant, isHeld: true });
    return () => {};
  }
  const waiter = { isTask, done };
  own.waiting.add(waiter);
  if (own.waiting.size === 1) {
    own.failed = 0;
    own.giveUpAt = Date.now() + PATIENCE_MS;
    send(own, config.tokenSource);
  }
  return () => {
    if (own.waiting.delete(waiter) && own.waiting.size === 0) stop(own);
  };
}

/** Forgets the key that is held, since it was refused. */
export function refuseKey() {
  if (holder) holder.grant = undefined;
}

/** Whether trying again by itself may help. */
export function mayPass({ kind, status }) {
  return ['network', 'timeout'].includes(kind) || status === 429 || status === 503;
}

/** How long to wait before trying again, in milliseconds. */
export function delay(attempt) {
  return Math.min(1000 * 2 ** attempt, 60000) * (1 - Math.random() / 2);
}

function isSameIdentity(a, b) {
  return ['groupId', 'authUrl', 'puid'].every((name) => a[name] === b[name]);
}

function send(own, source) {
  const late = () => answer(own, { failure: { kind: 'timeout' } });
  own.alarm = setTimeout(late, Math.max(own.giveUpAt - Date.now(), 0));
  own.abort = requestKey(own.config, source, (outcome) => {
    stop(own);
    take(own, source, outcome);
  });
}

function take(own, source, { grant, failure, waitMs = 0 }) {
  if (grant) {
    own.grant = grant;
    answer(own, { grant });
    return;
  }
  if (source === 'literal' && failure.kind === 'refused') {
    send(own, 'current');
    return;
  }
  const pause = waitMs + delay(own.failed);
  const hasTime = Date.now() + pause + LEAST_MS <= own.giveUpAt;
  const hasTask = Array.from(own.waiting).some(({ isTask }) => isTask);
  if (mayPass(failure) && hasTime && hasTask && own.failed < RETRIES) {
    own.failed += 1;
    own.alarm = setTimeout(() => send(own, source), pause);
  } else {
    answer(own, { failure });
  }
}

function stop(own) {
  clearTimeout(own.alarm);
  if (own.abort) own.abort();
  own.abort = undefined;
}

function answer(own, outcome) {
  stop(own);
  const waiting = Array.from(own.waiting);
  own.waiting.clear();
  waiting.forEach(({ done }) => done(outcome));
}
