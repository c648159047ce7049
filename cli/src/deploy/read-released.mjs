// What Flex has: its configuration, our plugin, what is released. It only reads.

import { CONFIGURATION_NAME, FLEX, PLUGIN, PLUGINS_API, UNDO } from './names.mjs';
import { strange } from './twilio-error.mjs';

/** The parts that are others' as well: Flex's configuration, and the plugins. */
export async function readReleased(twilio, sid, isExact = true) {
  const [flex, plugin, active] = await Promise.all([
    readFlex(twilio, sid, isExact),
    readPlugin(twilio),
    readActive(twilio),
  ]);
  return { flex, plugin, active, draft: await readDraft(twilio, active) };
}

async function readFlex(twilio, sid, isExact) {
  const found = await readConfiguration(twilio, isExact);
  if (found.account_sid !== sid) {
    throw new Error(
      `These credentials are of the account ${found.account_sid}, and TWILIO_ACCOUNT_SID names ${sid}. Use those of one account.`,
    );
  }
  return {
    uiAttributes: found.ui_attributes,
    serviceSids: found.serverless_service_sids ?? [],
  };
}

async function readConfiguration(twilio, isExact) {
  const path = '/v1/Configuration';
  const found = await twilio.find(FLEX, path, { has: ['account_sid'], isExact });
  if (!found) {
    throw new Error(
      'There is no Flex in this account. Take the SID and the credentials of the account in which Flex runs.',
    );
  }
  // What is missing would be sent back empty.
  const { ui_attributes: uiAttributes, serverless_service_sids: serviceSids } = found;
  if (uiAttributes === undefined) throw strange(`GET ${FLEX}${path}`, 'has no ui_attributes');
  if (!Array.isArray(serviceSids ?? [])) {
    throw strange(`GET ${FLEX}${path}`, 'has no list of serverless_service_sids');
  }
  return found;
}

async function readPlugin(twilio) {
  const found = await twilio.find(FLEX, `${PLUGINS_API}/Plugins/${PLUGIN}`, { has: ['sid'] });
  if (!found) return undefined;
  const path = `${PLUGINS_API}/Plugins/${found.sid}/Versions`;
  const versions = await twilio.list(FLEX, path, 'plugin_versions');
  return {
    sid: found.sid,
    isArchived: found.archived === true,
    versions: versions.map((it) => ({
      sid: it.sid,
      version: it.version,
      url: it.plugin_url,
      isArchived: it.archived === true,
    })),
  };
}

async function readActive(twilio) {
  const [release] = await readReleases(twilio, 1);
  if (!release) return { plugins: [] };
  return {
    release: release.sid,
    at: release.date_created,
    plugins: await readConfigured(twilio, release.configuration_sid),
  };
}

/** Releases, the newest first. */
export async function readReleases(twilio, most) {
  return twilio.list(FLEX, `${PLUGINS_API}/Releases`, 'releases', most);
}

/** @returns {Promise<import('./account.mjs').Configured[]>} */
export async function readConfigured(twilio, configuration) {
  const path = `${PLUGINS_API}/Configurations/${configuration}/Plugins`;
  const plugins = await twilio.list(FLEX, path, 'plugins');
  return plugins.map((it) => ({
    name: it.unique_name,
    version: it.version,
    versionSid: it.plugin_version_sid,
    url: it.plugin_url,
    phase: it.phase,
    isPrivate: it.private === true,
  }));
}

/** @returns {Promise<Set<string>>} The SIDs of configurations that undo something. */
export async function readUndoing(twilio) {
  const all = await readConfigurations(twilio);
  return new Set(all.filter(isUndoing).map(({ sid }) => sid));
}

function isUndoing({ description }) {
  return Boolean(description?.startsWith(UNDO));
}

async function readDraft(twilio, active) {
  const [first] = await readConfigurations(twilio, 1);
  const isOurs = first && !first.archived && first.name?.startsWith(CONFIGURATION_NAME);
  if (!isOurs || Date.parse(first.date_created) < Date.parse(active.at ?? 0)) return undefined;
  return {
    configuration: first.sid,
    isUndo: isUndoing(first),
    plugins: await readConfigured(twilio, first.sid),
  };
}

function readConfigurations(twilio, most) {
  return twilio.list(FLEX, `${PLUGINS_API}/Configurations`, 'configurations', most);
}
