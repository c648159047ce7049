/**
 * Judges the settings that a plugin gives to the component. It accepts what `src/core/group_id.rs`,
 * `environment.rs` and `origin.rs` accept.
 */

import { isAcceptable, originOf } from '../address.mjs';
import { ENVIRONMENTS } from '../environment.mjs';
import { check, quote } from '../finding.mjs';
import { trim } from '../white-space.mjs';

const GROUP_ID = check(
  'settings.groupid',
  'Glance admits agents to the sessions of one group, and login keys are signed for it.',
);
const ENVIRONMENT = check(
  'settings.environment',
  "It decides which of Glance's servers the component talks to.",
);
const AUTH_URL = check('settings.authurl', 'The component posts the Flex token to this address.');

const HOSTS = {
  web: "Glance's viewer is opened there.",
  cdn: "Glance's script is loaded from there.",
  presence: 'It tells whether a visitor is on the site.',
  authorization: 'It gives an agent leave to use presence.',
};

/** What Glance's own pages say of a group ID. Others are accepted all the same. */
const USUAL_GROUP_ID = /^\d{4,6}$/;

/**
 * @param {{groupid?: unknown, environment?: unknown, hosts?: unknown, authurl?: unknown}} settings
 *   As the props have them; `environment` is the prop `glancebaseurl`. Only what is given, even as
 *   undefined, is judged.
 * @returns {import('../finding.mjs').Finding[]}
 */
export function judgeSettings(settings) {
  const findings = [];
  if ('groupid' in settings) findings.push(judgeGroupId(settings.groupid));
  if ('environment' in settings) findings.push(judgeEnvironment(settings.environment));
  if ('authurl' in settings) findings.push(judgeAuthUrl(settings.authurl));
  if ('hosts' in settings) findings.push(...judgeHosts(settings.hosts));
  return findings;
}

/** The group's number, or undefined if the component would not take it. */
export function readGroupId(value) {
  const text = typeof value === 'string' ? trim(value) : String(value);
  const fits = typeof value === 'number' ? Number.isInteger(value) : /^\d+$/.test(text);
  const id = Number(text);
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && fits && id > 0 && id <= 0xffffffff ? id : undefined;
}

function judgeGroupId(value) {
  const id = readGroupId(value);
  if (id === undefined) {
    return GROUP_ID.error(
      `groupid is ${given(value)}.`,
      'Set groupid to the Group ID in the Glance portal, a positive whole number such as 12345.',
    );
  }
  if (!USUAL_GROUP_ID.test(String(id))) {
    return GROUP_ID.warning(
      `groupid is ${id}; Glance says that a group ID has four to six digits.`,
      'Compare groupid with the Group ID in the Glance portal.',
    );
  }
  return GROUP_ID.ok(`groupid is ${id}.`);
}

function judgeEnvironment(value) {
  const name = typeof value === 'string' ? trim(value).toLowerCase() : undefined;
  if (!Object.keys(ENVIRONMENTS).includes(name)) {
    return ENVIRONMENT.error(
      `glancebaseurl is ${given(value)}.`,
      'Set glancebaseurl to "production", unless Glance told you "beta" or "staging".',
    );
  }
  return ENVIRONMENT.ok(`glancebaseurl is "${name}".`);
}

function judgeAuthUrl(value) {
  const url = typeof value === 'string' ? trim(value) : undefined;
  if (!url || !isAcceptable(url)) {
    return AUTH_URL.error(
      url && /^https?:\/\/[^@]*$/i.test(url)
        ? `authurl is ${quote(url.split(/[?#]/)[0])}, which is not https.`
        : `authurl is ${value ? 'no https address' : 'missing'}.`,
      'Set authurl to the https address of your getloginkey Function, without user name or spaces.',
    );
  }
  return AUTH_URL.ok(`authurl is ${quote(url.split(/[?#]/)[0])}.`);
}

function judgeHosts(hosts) {
  if (hosts === undefined || hosts === null) return [];
  if (typeof hosts !== 'object' || Array.isArray(hosts)) {
    const HOSTS_PROP = check('settings.hosts', "It replaces the environment's servers.");
    return [
      HOSTS_PROP.error(
        `hosts is ${given(hosts)}.`,
        'Set hosts to an object with web, cdn, presence or authorization, or leave it out.',
      ),
    ];
  }
  return Object.keys(HOSTS).flatMap((name) => {
    const value = hosts[name];
    const isBlank = typeof value === 'string' && trim(value) === '';
    if (value === undefined || value === null || isBlank) return [];
    const HOST = check(`settings.hosts.${name}`, HOSTS[name]);
    const origin = typeof value === 'string' ? originOf(trim(value)) : undefined;
    return origin === undefined
      ? HOST.error(
          `hosts.${name} is ${given(value)}.`,
          `Set hosts.${name} to a host name or an https origin, such as www.glance.net, or leave it out.`,
        )
      : HOST.ok(`hosts.${name} is ${quote(origin)}.`);
  });
}

/** A value in words that give nothing away: an address may hold a password. */
function given(value) {
  if (value === undefined || value === null || value === '') return 'missing';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string')
    return `${Array.isArray(value) ? 'an array' : `of type ${typeof value}`}`;
  return value.includes('@') ? 'an address with a user name' : quote(value);
}
