// Steps in Flex's configuration: the settings, and the service among those that Flex knows. Pure.

import { FLEX, SERVICE } from './names.mjs';
import { isSame, settingsIn, withSettings } from './settings.mjs';

/**
 * One write for both, since each takes a whole list or object of which only a part is ours.
 * @param {import('./account.mjs').Account} account
 * @param {Record<string, any>} settings What ours have to be; the whole member.
 * @param {string[]} serviceSids
 * @returns {import('./step.mjs').Step | undefined}
 */
export function nextFlex(account, settings, serviceSids) {
  const { flex, service } = account;
  const changes = differences(settingsIn(flex.uiAttributes), settings);
  const isListed = String(flex.serviceSids) === String(serviceSids);
  if (changes.length === 0 && isListed) return undefined;
  const uiAttributes =
    changes.length === 0 ? flex.uiAttributes : withSettings(flex.uiAttributes, settings);
  const what = [];
  if (!isListed) {
    const isNew = serviceSids.includes(service?.sid);
    what.push(
      isNew
        ? `Register the service ${SERVICE} with Flex`
        : `Take the service ${SERVICE} off Flex's list`,
    );
  }
  if (changes.length > 0) what.push(`Change Flex's settings of flex-glance (all others stay):`);
  return {
    key: 'settings',
    what: [what.join('. '), ...changes.map((change) => `  ${asLine(change)}`)].join('\n'),
    changes,
    request: {
      method: 'POST',
      host: FLEX,
      path: '/v1/Configuration',
      json: {
        account_sid: account.sid,
        ...(!isListed && { serverless_service_sids: serviceSids }),
        ...(changes.length > 0 && { ui_attributes: uiAttributes }),
      },
    },
    isShared: true,
    pretend: {},
    after: () => ({ ...account, flex: { ...flex, serviceSids, uiAttributes } }),
  };
}

/**
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @returns {{name: string, before: any, after: any}[]}
 */
export function differences(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !isSame(before[name], after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }));
}

function asLine({ name, before, after }) {
  if (before === undefined) return `+ ${name}: ${JSON.stringify(after)}`;
  if (after === undefined) return `- ${name}: ${JSON.stringify(before)}`;
  return `~ ${name}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}
