// What deploy tells people of an account, of a plan, and of the requests in it. Pure.

import { pairsOf } from './body.mjs';
import { liveIn } from './goal.mjs';
import { FEATURE, FUNCTION_PATH, NOTE, PLUGIN, SERVICE } from './names.mjs';
import { SECRET_VARIABLES } from './variable-steps.mjs';
import { settingsIn, shownSettings } from './settings.mjs';

/** @param {import('./account.mjs').Account} account */
export function describeLive(account) {
  const others = account.active.plugins.filter(({ name }) => name !== PLUGIN);
  const beside =
    others.length === 0
      ? 'no other plugins'
      : `${others.length} other plugin${others.length > 1 ? 's' : ''}: ${others.map(({ name, version }) => `${name} ${version}`).join(', ')}`;
  const live = liveIn(account);
  return `Account ${account.sid}: ${live ? `${PLUGIN} ${live.version} is live` : `${PLUGIN} is not live`}, with ${beside}.`;
}

/** @param {import('./step.mjs').Step[]} steps */
export function describePlan(steps) {
  const lines = steps.map(({ what }, i) => {
    const number = `${String(i + 1).padStart(3)}. `;
    return number + what.split('\n').join(`\n${' '.repeat(number.length)}`);
  });
  return ['The plan:', ...lines].join('\n');
}

/** What `--status` tells, for programs. */
export function statusOf(account) {
  const { service, environment, builds, variables, plugin, active, flex } = account;
  const build = builds.find(({ sid }) => sid === environment?.buildSid);
  return {
    account: account.sid,
    service: service && {
      sid: service.sid,
      isKnownToFlex: flex.serviceSids.includes(service.sid),
      address: environment && `https://${environment.domain}${FUNCTION_PATH}`,
      build: build && { sid: build.sid, status: build.status, runtime: build.runtime },
      variables: variables.map(({ key }) => key).filter((key) => !key.startsWith(NOTE)),
    },
    plugin: plugin && {
      sid: plugin.sid,
      versions: plugin.versions.map(({ version, url }) => ({ version, url })),
    },
    live: liveIn(account)?.version,
    release: active.release,
    plugins: active.plugins.map(({ name, version }) => ({ name, version })),
    settings: shownSettings(settingsIn(flex.uiAttributes)),
  };
}

export function describeStatus(account) {
  const { service, plugin, settings } = statusOf(account);
  const lines = [describeLive(account)];
  if (!service) lines.push(`There is no Functions service ${SERVICE}.`);
  else {
    const { address, build, variables, isKnownToFlex } = service;
    lines.push(
      `Function: ${build ? `${address} on ${build.runtime}` : 'nothing is deployed'}; ${isKnownToFlex ? 'registered' : 'not registered'} with Flex`,
      `Variables: ${variables.join(', ') || 'none'} (values are not shown)`,
    );
  }
  lines.push(`Versions: ${plugin?.versions.map(({ version }) => version).join(', ') || 'none'}`);
  const entries = Object.entries(settings).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value)}`,
  );
  lines.push(
    entries.length > 0 ? `Settings (${FEATURE}):` : `Settings (${FEATURE}): none`,
    ...entries,
  );
  return lines.join('\n');
}

/** What a request asks, with what is others' or secret left out. */
export function describeRequest({ method, host, path, form, json, parts }) {
  const lines = [`${method} https://${host}${path}`];
  if (form) {
    const hidden = SECRET_VARIABLES.includes(form.Key) ? { ...form, Value: '(secret)' } : form;
    lines.push(...pairsOf(hidden).map(([name, value]) => `${name}=${value}`));
  }
  if (json) lines.push(JSON.stringify(withoutOthers(json)));
  for (const { name, value, filename, content } of parts ?? []) {
    lines.push(`${name}=${value ?? `(${filename}, ${content.length} bytes)`}`);
  }
  return lines.join('\n    ');
}

/** Others' settings may be many. They are sent as they are. */
function withoutOthers(json) {
  if (!json.ui_attributes) return json;
  const others = { '…': 'all others as they are' };
  const settings = shownSettings(settingsIn(json.ui_attributes));
  // Without settings there is no member.
  const features = Object.keys(settings).length > 0 ? { ...others, [FEATURE]: settings } : others;
  return { ...json, ui_attributes: { ...others, custom_data: { ...others, features } } };
}

const PLACES = {
  header: 'in the header of a task',
  panel: "in Flex's second panel",
  both: "in the header of a task, and in Flex's second panel",
};

/** What is left to do for people, once it is live. */
export function nextThings({ settings, variables, origin }) {
  const name = variables.PARTNER_USER_ID ?? 'identity';
  const place = PLACES[settings.placement] ?? PLACES.header;
  return [
    String(settings.enabled) === 'false'
      ? `Cobrowse is switched off but for workers who have "enabled" of their own: docs/administrators.md. Run this again with --enabled to switch it on for all.`
      : `Open https://flex.twilio.com/ anew: agents find Cobrowse ${place}. Administrators find Check set-up beside it.`,
    `In the Glance portal each agent's Partner UID has to be the name that the Function signs for (PARTNER_USER_ID is ${name}): functions/README.md.`,
    `Glance's list of sites that may show its viewer needs ${origin}: ask Glance, or see docs/first-day.md.`,
    String(settings.presence) === 'true'
      ? 'For presence your site needs the script tag, and the lines beside the chat: docs/site.md.'
      : 'Presence is off. With a subscription for it, see docs/presence.md, and run this again with --presence.',
  ];
}
