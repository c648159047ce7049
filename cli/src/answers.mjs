// What `init` and `template-feature` are told of Glance and of the login-key Function, checked.

import { isAcceptable } from '../../src/doctor/address.mjs';
import { ENVIRONMENTS } from '../../src/doctor/environment.mjs';
import { readGroupId } from '../../src/doctor/group-id.mjs';
import { UsageError } from './usage-error.mjs';

/** The options of both, as `util.parseArgs` takes them, but for the defaults. */
export const options = {
  'group-id': { type: 'string' },
  'auth-url': { type: 'string' },
  environment: { type: 'string', default: 'production' },
};

/**
 * @param {Record<string, string | boolean | undefined>} values
 * @returns {{groupId: number, authUrl: string, environment: string}}
 * @throws {UsageError} For an option that is wrong.
 */
export function readAnswers(values) {
  const groupId = readGroupId(values['group-id']);
  if (groupId === undefined) {
    throw new UsageError('--group-id takes the Group ID of the Glance portal, a positive integer.');
  }
  const authUrl = values['auth-url'];
  if (!isAcceptable(authUrl) || /['\\\s]/.test(authUrl)) {
    throw new UsageError('--auth-url takes the https address of your getloginkey Function.');
  }
  const { environment } = values;
  if (!Object.hasOwn(ENVIRONMENTS, environment)) {
    throw new UsageError(`--environment takes one of ${Object.keys(ENVIRONMENTS).join(', ')}.`);
  }
  return { groupId, authUrl, environment };
}
