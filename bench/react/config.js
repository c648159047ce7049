// The vendor's props, read once and then believed.

import ENVIRONMENTS from '../../vectors/hosts.json';

const VIDEO = {
  off: { agent: 'false', visitor: 'off' },
  agent: { agent: 'true', visitor: 'small-visitor' },
  multiway: { agent: 'true', visitor: 'small-multiway' },
};

const HOSTS = ['web', 'cdn', 'presence', 'authorization'];

export const isMissing = (value) =>
  value === undefined || value === null || (typeof value === 'string' && !value.trim());

/** The text, trimmed, unless it is empty or no text. */
export const textOf = (value) => (typeof value === 'string' && value.trim()) || undefined;

/** The value's type in JavaScript's words. Never the value: it may be a secret. */
export function typeName(value) {
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'bigint':
      return 'a BigInt';
    default:
      return `a ${typeof value}`;
  }
}

/**
 * @param {object} props As the host gave them.
 * @returns {{config?: object, errors?: Array<{prop: string, given: string, expected: string}>}}
 *   `expected` is the name of a text.
 */
export function parseProps(props) {
  const errors = [];
  const check = (fine, prop, value, expected) => {
    if (fine) return;
    errors.push({ prop, given: isMissing(value) ? 'missing' : typeName(value), expected });
  };

  const groupId = parseGroupId(props.groupid);
  check(groupId, 'groupid', props.groupid, 'expected_groupid');

  const authUrl = textOf(props.authurl);
  check(authUrl && isAcceptable(authUrl), 'authurl', props.authurl, 'expected_authurl');

  const hasToken = isMissing(props.authtoken) || suppliesText(props.authtoken);
  check(hasToken, 'authtoken', props.authtoken, 'expected_authtoken');

  const place = isMissing(props.openlocation) ? 'opentype' : 'openlocation';
  const target = isMissing(props[place])
    ? 'flex'
    : oneOf(props[place], { flex: 'flex', tab: 'tab', window: 'window' });
  check(target, place, props[place], 'expected_openlocation');

  const presence = flag(props.presence, false);
  check(presence !== undefined, 'presence', props.presence, 'expected_flag');

  const environment = oneOf(props.glancebaseurl, ENVIRONMENTS);
  check(environment, 'glancebaseurl', props.glancebaseurl, 'expected_environment');

  check(suppliesText(props.puid), 'puid', props.puid, 'expected_puid');

  const debug = flag(props.debugmode, false);
  check(debug !== undefined, 'debugmode', props.debugmode, 'expected_flag');

  const hasVisitor = isMissing(props.visitorid) || suppliesText(props.visitorid);
  check(hasVisitor, 'visitorid', props.visitorid, 'expected_visitorid');

  const notifications = flag(props.notifications, true);
  check(notifications !== undefined, 'notifications', props.notifications, 'expected_flag');

  const immediateTab = flag(props.immediatetab, false);
  check(immediateTab !== undefined, 'immediatetab', props.immediatetab, 'expected_flag');

  const video = parseVideo(props.video);
  check(video, 'video', props.video, 'expected_video');

  for (const name of ['onsessionstart', 'onsessionend']) {
    const handler = props[name];
    const fine = handler === undefined || handler === null || typeof handler === 'function';
    check(fine, name, handler, 'expected_handler');
  }

  const hosts = isObject(props.hosts) ? props.hosts : {};
  check(isObject(props.hosts) || isMissing(props.hosts), 'hosts', props.hosts, 'expected_hosts');
  for (const name of HOSTS) {
    const fine = isMissing(hosts[name]) || origin(hosts[name]);
    check(fine, `hosts.${name}`, hosts[name], 'expected_host');
  }

  const hasStrings = isObject(props.strings) || isMissing(props.strings);
  check(hasStrings, 'strings', props.strings, 'expected_strings');

  if (errors.length > 0) return { errors };
  const web = origin(hosts.web) || environment.web;
  return {
    config: {
      groupId,
      authUrl,
      target,
      web,
      cdn: origin(hosts.cdn) || environment.cdn,
      presenceServer: origin(hosts.presence) || environment.presence,
      authorization: origin(hosts.authorization) || web,
      presence,
      notifications,
      immediateTab,
      video,
      debug,
      authtoken: props.authtoken,
      puid: props.puid,
      onsessionstart: props.onsessionstart,
      onsessionend: props.onsessionend,
    },
  };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function suppliesText(value) {
  return typeof value === 'function' || Boolean(textOf(value));
}

function oneOf(value, choices) {
  const name = (textOf(value) || '').toLowerCase();
  return Object.prototype.hasOwnProperty.call(choices, name) ? choices[name] : undefined;
}

function flag(value, leftOut) {
  if (typeof value === 'boolean') return value;
  if (isMissing(value)) return leftOut;
  return { true: true, false: false }[String(textOf(value))];
}

function parseGroupId(value) {
  const isDigits = typeof value === 'string' && /^\d+$/.test(value.trim());
  const id = isDigits ? Number(value) : value;
  return Number.isInteger(id) && id > 0 && id <= 0xffffffff ? id : undefined;
}

function parseVideo(value) {
  if (isMissing(value)) return {};
  if (!isObject(value)) return oneOf(value, VIDEO);
  const { agent, visitor } = value;
  if (![agent, visitor].some((mode) => typeof mode === 'string' && mode)) return undefined;
  return { agent: textOf(agent), visitor: textOf(visitor) };
}

/** Whether it is an https address, or an http address of this machine, without credentials. */
function isAcceptable(address) {
  // What the URL parser would mend counts as wrong.
  // eslint-disable-next-line no-control-regex
  if (/[\s\\\u0000-\u001f]/.test(address) || !/^[a-z]+:\/\/[^/?#@%]+/i.test(address)) return false;
  let url;
  try {
    url = new URL(address);
  } catch (_) {
    return false;
  }
  if (url.username || url.password) return false;
  if (url.protocol === 'https:') return true;
  const isLoopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'http:' && isLoopback;
}

/** The origin of a host given with or without scheme and path. */
function origin(host) {
  const text = textOf(host);
  if (!text) return undefined;
  const address = text.includes('://') ? text : `https://${text}`;
  return isAcceptable(address) ? address.split('/').slice(0, 3).join('/') : undefined;
}
