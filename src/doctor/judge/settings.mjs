/**
 * Words what becomes of the settings that the command line knows too. Whether one can be taken the component
 * decides, and without one `cli/src/doctor/settings.mjs`.
 */

import { check, quote } from '../finding.mjs';

const GROUP_ID = check(
  'settings.groupid',
  'Glance admits agents to the sessions of one group, and login keys are signed for it.',
);
const ENVIRONMENT = check(
  'settings.environment',
  "It decides which of Glance's servers the component talks to.",
);
const AUTH_URL = check('settings.authurl', 'The component posts the Flex token to this address.');
const HOSTS = check('settings.hosts', "It replaces the environment's servers.");

const HOST_WHY = {
  web: "Glance's viewer is opened there.",
  cdn: "Glance's script is loaded from there.",
  presence: 'It tells whether a visitor is on the site.',
  authorization: 'It gives an agent leave to use presence.',
};

/** The names in the prop `hosts`. */
export const HOST_NAMES = Object.keys(HOST_WHY);

const hostCheck = (name) => check(`settings.hosts.${name}`, HOST_WHY[name]);

/** What Glance's own pages say of a group ID. Others are accepted all the same. */
const USUAL_GROUP_ID = /^\d{4,6}$/;

/** A setting that is taken, by its prop (`hosts.web` for one of `hosts`), and as what. */
export function takenSetting(prop, taken) {
  if (prop === 'groupid') return takenGroupId(taken);
  if (prop === 'glancebaseurl') return ENVIRONMENT.ok(`glancebaseurl is ${quote(taken)}.`);
  if (prop === 'authurl') return AUTH_URL.ok(`authurl is ${quote(taken.split(/[?#]/)[0])}.`);
  return hostCheck(prop.replace('hosts.', '')).ok(`${prop} is ${quote(taken)}.`);
}

function takenGroupId(id) {
  return USUAL_GROUP_ID.test(String(id))
    ? GROUP_ID.ok(`groupid is ${id}.`)
    : GROUP_ID.warning(
        `groupid is ${id}; Glance says that a group ID has four to six digits.`,
        'Compare groupid with the Group ID in the Glance portal.',
      );
}

/**
 * A setting that is not taken.
 * @param {string} prop
 * @param {string | number | undefined} value
 * @param {string} [given] Of which type the value is, where it is neither text nor number.
 * @returns {import('../finding.mjs').Finding | undefined} Undefined for any other prop.
 */
export function wrongSetting(prop, value, given) {
  const seen = `${prop} is ${inWords(value, given)}.`;
  if (prop === 'groupid') {
    return GROUP_ID.error(
      seen,
      'Set groupid to the Group ID in the Glance portal, a positive whole number such as 12345.',
    );
  }
  if (prop === 'glancebaseurl') {
    return ENVIRONMENT.error(
      seen,
      'Set glancebaseurl to "production", unless Glance told you "beta" or "staging".',
    );
  }
  if (prop === 'authurl') return wrongAuthUrl(value);
  if (prop === 'hosts') {
    return HOSTS.error(
      seen,
      'Set hosts to an object with web, cdn, presence or authorization, or leave it out.',
    );
  }
  if (!prop.startsWith('hosts.')) return undefined;
  return hostCheck(prop.replace('hosts.', '')).error(
    seen,
    `Set ${prop} to a host name or an https origin, such as www.glance.net, or leave it out.`,
  );
}

function wrongAuthUrl(value) {
  const url = typeof value === 'string' ? value.trim() : '';
  return AUTH_URL.error(
    /^https?:\/\/[^@]*$/i.test(url)
      ? `authurl is ${quote(url.split(/[?#]/)[0])}, which is not https.`
      : `authurl is ${value === undefined ? 'missing' : 'no https address'}.`,
    'Set authurl to the https address of your getloginkey Function, without user name or spaces.',
  );
}

/** A value in words that give nothing away: an address may hold a password. */
function inWords(value, given) {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return given;
  return value.includes('@') ? 'an address with a user name' : quote(value);
}
