// Asks the login-key Function for a key.
import { host } from './host.js';
import { textOf } from './config.js';
import { form } from './viewer.js';

const LOGIN_KEY = /^\$1\$\d{10}\$[\w-]{43}$/;
const MAX_MESSAGE = 200;
const DAY_MS = 86400000;
const SLACK_MS = 300000;
const FARTHEST_MS = 366 * DAY_MS;

/**
 * @param {object} config
 * @param {'literal' | 'current'} source Which Flex token goes with it.
 * @param {(outcome: {grant?: object, failure?: object, waitMs?: number}) => void} done Called once,
 *   unless aborted.
 * @returns {() => void} Aborts it.
 */
export function requestKey(config, source, done) {
  const controller = new AbortController();
  let dropped = false;
  ask(config, source, controller.signal)
    .catch((kind) => ({ failure: typeof kind === 'string' ? { kind } : { kind: 'network' } }))
    .then((outcome) => dropped || done(outcome));
  return () => {
    dropped = true;
    controller.abort();
  };
}

async function ask({ authUrl, authtoken, puid }, source, signal) {
  const token = source === 'literal' ? textOf(authtoken) : await currentTokenOf(authtoken);
  if (!token) throw 'no_token';
  const partnerUserId = await supply(puid);
  if (!partnerUserId) throw 'no_partner_user_id';
  const askedAt = Date.now();
  const response = await fetch(authUrl, {
    method: 'POST',
    body: form({ Token: token, partneruserid: partnerUserId }),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' },
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal,
  });
  const pageTime = (askedAt + Date.now()) / 2;
  const { headers, status } = response;
  const waitMs = Number(headers.get('Retry-After')) * 1000 || 0;
  const reply = read(await response.text());
  const times = [Date.parse(headers.get('Date') || ''), reply && reply.issuedAt * 1000];
  const serverTime = times.find((time) => Math.abs(time - pageTime) < FARTHEST_MS);
  return { ...judge(status, reply, partnerUserId, pageTime, serverTime), waitMs };
}

function currentTokenOf(authtoken) {
  return typeof authtoken === 'function' ? supply(authtoken) : textOf(host.token());
}

async function supply(given) {
  if (typeof given !== 'function') return textOf(given);
  try {
    return textOf(await given());
  } catch (_) {
    return undefined;
  }
}

function read(text) {
  try {
    const json = JSON.parse(text);
    return json && typeof json === 'object' ? json : undefined;
  } catch (_) {
    return undefined;
  }
}

function judge(status, reply, askedFor, pageTime, serverTime) {
  if (status !== 200) {
    const kind = status === 401 || status === 403 ? 'refused' : 'fault';
    return { failure: { kind, status, message: messageOf(reply) } };
  }
  const loginKey = reply && textOf(reply.loginKey);
  if (!loginKey) return { failure: { kind: 'unreadable' } };
  if (!LOGIN_KEY.test(loginKey)) return { failure: { kind: 'malformed_key' } };
  const doubt = serverTime === undefined ? DAY_MS : 0;
  const now = serverTime === undefined ? pageTime : serverTime;
  const left = Number(loginKey.split('$')[2]) * 1000 - now;
  if (left <= -doubt || left > DAY_MS + SLACK_MS + doubt) {
    return { failure: { kind: 'key_lifetime' } };
  }
  const partnerUserId = textOf(reply.partnerUserId) || askedFor;
  return { grant: { loginKey, endsAt: pageTime + left, partnerUserId } };
}

function messageOf(reply) {
  const message = reply && reply.error && textOf(reply.error.message);
  // eslint-disable-next-line no-control-regex
  return message && message.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, MAX_MESSAGE);
}
