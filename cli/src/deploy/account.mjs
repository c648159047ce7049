// What an account has of ours, and what of others' we have to leave as it is. It only reads.

import { readReleased } from './read-released.mjs';
import { readServerless } from './read-serverless.mjs';

/**
 * @typedef {object} Build
 * @property {string} sid
 * @property {'building' | 'completed' | 'failed'} status
 * @property {string} runtime
 * @property {{sid: string, path: string}[]} functions Versions, as `assets`.
 * @property {{sid: string, path: string}[]} assets
 * @property {unknown[]} dependencies
 *
 * @typedef {object} Configured A plugin in a configuration.
 * @property {string} name
 * @property {string} version
 * @property {string} versionSid
 * @property {string} url
 * @property {number} phase
 * @property {boolean} isPrivate
 *
 * @typedef {object} Account
 * @property {string} sid
 * @property {{sid: string, includesCredentials: boolean}} [service]
 * @property {{sid: string, domain: string, buildSid?: string}} [environment]
 * @property {{sid: string, key: string, value: string}[]} variables
 * @property {{sid: string, versions: {sid: string, content: string}[]}} [func] Our Function, with its version in the
 *   live build and its newest.
 * @property {{sid: string, name: string, version?: string}[]} assets `version`: the SID of its newest version.
 * @property {Build[]} builds
 * @property {Plugin} [plugin]
 * @property {Active} active
 * @property {{configuration: string, isUndo: boolean, plugins: Configured[]}} [draft] A configuration of ours that
 *   nobody released.
 * @property {Configured[]} [lost] What a release had that ours has hidden.
 * @property {{uiAttributes: any, serviceSids: string[]}} flex
 *
 * @typedef {object} Plugin
 * @property {string} sid
 * @property {boolean} isArchived
 * @property {{sid: string, version: string, url: string, isArchived: boolean}[]} versions
 *
 * @typedef {object} Active
 * @property {string} [release] undefined where nothing was ever released.
 * @property {string} [at] When that was.
 * @property {Configured[]} plugins
 *
 * @param {ReturnType<typeof import('./twilio.mjs').createTwilio>} twilio
 * @param {string} sid The account's.
 * @param {boolean} [isExact] Whether all of it has to be as it can be written again.
 * @returns {Promise<Account>}
 * @throws {import('./twilio-error.mjs').TwilioError}
 */
export async function readAccount(twilio, sid, isExact = true) {
  const [serverless, released] = await Promise.all([
    readServerless(twilio),
    readReleased(twilio, sid, isExact),
  ]);
  return { sid, ...serverless, ...released };
}
