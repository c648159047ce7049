// What becomes of the settings on the command line. The component decides of its props; without one it is
// decided here, by the same vectors.

import { isAcceptable, originOf } from '../../../src/doctor/address.mjs';
import { ENVIRONMENTS } from '../../../src/doctor/environment.mjs';
import { readGroupId } from '../../../src/doctor/group-id.mjs';
import { takenSetting, wrongSetting } from '../../../src/doctor/judge/settings.mjs';
import { trim } from '../../../src/doctor/white-space.mjs';

/**
 * @param {{groupid?: string, environment?: string, authurl?: string, hosts?: Record<string, string>}} settings
 *   Only what is given is judged.
 * @returns {import('../../../src/doctor/finding.mjs').Finding[]}
 */
export function judgeSettings({ groupid, environment, authurl, hosts = {} }) {
  return [
    ['groupid', groupid, readGroupId],
    ['glancebaseurl', environment, readEnvironment],
    ['authurl', authurl, readAddress],
    ...Object.entries(hosts).map(([name, host]) => [`hosts.${name}`, host, readHost]),
  ]
    .filter(([, value]) => value !== undefined)
    .map(([prop, value, read]) => {
      const taken = read(value);
      return taken === undefined ? wrongSetting(prop, value) : takenSetting(prop, taken);
    });
}

function readEnvironment(text) {
  return Object.keys(ENVIRONMENTS).find((name) => name === trim(text).toLowerCase());
}

function readAddress(text) {
  return isAcceptable(trim(text)) ? trim(text) : undefined;
}

function readHost(text) {
  return originOf(trim(text));
}
