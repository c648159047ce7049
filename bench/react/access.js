// The page's leave to use presence: script, login key, authorization.
import { delay, mayPass, refuseKey, wantKey } from './key-holder.js';
import { bare } from './viewer.js';

const SCRIPT_ID = 'glance-cobrowse';
const SCRIPT_PATIENCE_MS = 20000;
const DURATION_MIN = 120;
const RENEWAL_MS = (DURATION_MIN - 5) * 60000;
const YOUNG_MS = 30000;

let state = 'closed';
let holds = false;
let attempt = 0;
let since = 0;
let gateObstacle;
let gateAlarm;
let giveUp;
let round = 0;
let config;
let hear = {};

/** Who is told: `{opened(), closed(obstacle?), isNeeded()}`. */
export function tellAccessTo(listener) {
  hear = listener;
}

/** The props that leave is asked with. */
export function setAccess(given) {
  config = given;
}

export const isOpen = () => state === 'open' || holds;

/** Tries presence again. */
export const retryPresence = () => gate('retry');

/** @param {'wanted' | 'unwanted' | 'rejected'} input */
export function gate(input, argument) {
  const wasOpen = isOpen();
  stepGate(input, argument);
  if (wasOpen && !isOpen()) hear.closed();
  if (!wasOpen && isOpen()) hear.opened();
  if (state === 'broken') hear.closed(gateObstacle);
}

function stepGate(input, argument) {
  switch (input) {
    case 'unwanted':
      stopGate();
      state = 'closed';
      holds = false;
      break;
    case 'wanted':
      if (state === 'closed') loadGate();
      break;
    case 'retry':
      if (state === 'broken') loadGate();
      break;
    case 'rejected':
      if (state === 'open') {
        if (Date.now() - since < YOUNG_MS) breakGate({ kind: 'refused' });
        else getKey(false);
      }
      holds = false;
      break;
    case 'loaded':
      attempt = 0;
      getKey(false);
      break;
    case 'granted':
      authorize(argument);
      break;
    case 'keyFailed':
      if (holds && mayPass(argument)) {
        gateAlarm = setTimeout(() => getKey(true), delay(attempt));
        attempt += 1;
      } else {
        breakGate({ kind: 'key', failure: argument });
      }
      break;
    case 'authorized':
      state = 'open';
      holds = false;
      since = Date.now();
      attempt = 0;
      gateAlarm = setTimeout(() => (hear.isNeeded() ? getKey(true) : gate('unwanted')), RENEWAL_MS);
      break;
    default:
      breakGate(argument);
  }
}

function stopGate() {
  round += 1;
  clearTimeout(gateAlarm);
  if (giveUp) giveUp();
  giveUp = undefined;
}

function breakGate(obstacle) {
  clearTimeout(gateAlarm);
  state = 'broken';
  holds = false;
  gateObstacle = obstacle;
  if (obstacle.kind !== 'key' || !mayPass(obstacle.failure)) return;
  gateAlarm = setTimeout(() => getKey(false), delay(attempt));
  attempt += 1;
}

function loadGate() {
  stopGate();
  state = 'loading';
  const own = round;
  const done = (kind) => {
    if (round !== own || state !== 'loading') return;
    if (kind) gate('failed', { kind });
    else gate('loaded');
  };
  loadScript(config, done);
}

function getKey(stillHolds) {
  state = 'gettingKey';
  holds = stillHolds;
  const own = round;
  giveUp = wantKey(config, false, ({ grant, failure, isHeld }) => {
    if (round !== own) return;
    if (grant) gate('granted', { grant, isHeld });
    else gate('keyFailed', failure);
  });
}

function authorize({ grant, isHeld }) {
  state = 'authorizing';
  const own = round;
  const answer = (isGranted) => () => {
    if (round !== own || state !== 'authorizing') return;
    if (isGranted) {
      gate('authorized');
    } else if (isHeld) {
      // Once: the key that comes now is new.
      refuseKey();
      getKey(holds);
    } else {
      gate('failed', { kind: 'refused' });
    }
  };
  try {
    window.GLANCE.Authorization.authorize({
      webserver: bare(config.authorization),
      service: 'presence',
      groupid: config.groupId,
      credentials: {
        partnerid: config.groupId,
        partneruserid: grant.partnerUserId,
        loginkey: grant.loginKey,
      },
      duration: DURATION_MIN,
      onsuccess: answer(true),
      onfail: answer(false),
    });
  } catch (_) {
    answer(false)();
  }
}

function hasApi() {
  const { GLANCE } = window;
  return Boolean(GLANCE && GLANCE.Presence && typeof GLANCE.Presence.Agent === 'function');
}

/** @param {(obstacle?: 'script' | 'api') => void} done Called at least once. */
function loadScript({ cdn, groupId }, done) {
  if (hasApi()) {
    done();
    return;
  }
  const known = document.getElementById(SCRIPT_ID);
  const script = known && known.tagName === 'SCRIPT' ? known : document.createElement('script');
  const failed = () => {
    if (script !== known) script.remove();
    done('script');
  };
  script.addEventListener('load', () => done(hasApi() ? undefined : 'api'));
  script.addEventListener('error', failed);
  setTimeout(() => {
    if (hasApi()) done();
    else if (window.GLANCE) done('api');
    else failed();
  }, SCRIPT_PATIENCE_MS);
  if (script === known) return;
  script.id = SCRIPT_ID;
  script.dataset.flexGlance = '';
  script.dataset.groupid = groupId;
  script.charset = 'UTF-8';
  script.src = `${cdn}/cobrowse/CobrowseJS.ashx?groupid=${groupId}&script=PresenceAgent`;
  document.head.appendChild(script);
}
